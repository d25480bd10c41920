-- DropIndex
DROP INDEX "api_key_api_id_name_key";

-- AlterTable
ALTER TABLE "api_key" ADD COLUMN     "last_used_at" TIMESTAMPTZ(3),
ADD COLUMN     "previous_ends_at" TIMESTAMPTZ(3),
ADD COLUMN     "previous_hash" TEXT,
ADD COLUMN     "previous_prefix" TEXT,
ADD COLUMN     "rate_tier" TEXT;

-- CreateTable
CREATE TABLE "rate_tier" (
    "name" TEXT NOT NULL,
    "requests" INTEGER NOT NULL,
    "window_seconds" INTEGER NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "rate_tier_pkey" PRIMARY KEY ("name")
);

-- CreateIndex
CREATE UNIQUE INDEX "api_key_previous_hash_key" ON "api_key"("previous_hash");

-- CreateIndex
CREATE INDEX "api_key_rate_tier_idx" ON "api_key"("rate_tier");

-- CreateIndex
CREATE UNIQUE INDEX "api_key_api_id_name_key_type_key" ON "api_key"("api_id", "name", "key_type");

-- AddForeignKey
ALTER TABLE "api_key" ADD CONSTRAINT "api_key_rate_tier_fkey" FOREIGN KEY ("rate_tier") REFERENCES "rate_tier"("name") ON DELETE RESTRICT ON UPDATE CASCADE;

-- The tiers that every installation begins with.
INSERT INTO "rate_tier" ("name", "requests", "window_seconds") VALUES
  ('Gold', 5000, 60),
  ('Silver', 2000, 60),
  ('Bronze', 1000, 60);
