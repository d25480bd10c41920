-- CreateTable
CREATE TABLE "api_co_owner" (
    "api_id" UUID NOT NULL,
    "user_id" TEXT NOT NULL,
    "added_by" TEXT NOT NULL,
    "added_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "api_co_owner_pkey" PRIMARY KEY ("api_id","user_id")
);

-- CreateIndex
CREATE INDEX "api_co_owner_user_id_idx" ON "api_co_owner"("user_id");

-- AddForeignKey
ALTER TABLE "api_co_owner" ADD CONSTRAINT "api_co_owner_api_id_fkey" FOREIGN KEY ("api_id") REFERENCES "api"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "api_co_owner" ADD CONSTRAINT "api_co_owner_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "user"("id") ON DELETE CASCADE ON UPDATE CASCADE;
