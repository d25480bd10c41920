-- AlterTable
ALTER TABLE "gateway" DROP COLUMN "heard_at",
ALTER COLUMN "last_seen_at" SET DEFAULT CURRENT_TIMESTAMP;
