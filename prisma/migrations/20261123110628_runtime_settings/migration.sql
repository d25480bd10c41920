-- AlterTable
ALTER TABLE "api" ADD COLUMN     "runtime" JSONB NOT NULL DEFAULT '{}';
