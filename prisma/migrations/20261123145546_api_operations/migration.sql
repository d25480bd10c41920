-- AlterTable
ALTER TABLE "api" ADD COLUMN     "operations" JSONB NOT NULL DEFAULT '[]';
