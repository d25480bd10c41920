-- AlterTable
ALTER TABLE "api" ADD COLUMN     "definition" JSONB;

-- CreateTable
CREATE TABLE "api_definition" (
    "hash" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "api_definition_pkey" PRIMARY KEY ("hash")
);
