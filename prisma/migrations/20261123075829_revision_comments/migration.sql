-- AlterTable
ALTER TABLE "api_revision" ADD COLUMN     "comment" TEXT NOT NULL DEFAULT '';
