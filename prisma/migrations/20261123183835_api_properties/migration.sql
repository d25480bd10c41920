-- AlterTable
ALTER TABLE "api" ADD COLUMN     "properties" TEXT[] DEFAULT ARRAY[]::TEXT[];
