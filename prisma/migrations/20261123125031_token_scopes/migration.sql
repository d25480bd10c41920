-- AlterTable
ALTER TABLE "access_token" ADD COLUMN     "scope" TEXT NOT NULL DEFAULT 'admin';
