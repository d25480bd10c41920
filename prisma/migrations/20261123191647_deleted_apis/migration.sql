-- AlterTable
ALTER TABLE "api_deletion" ADD COLUMN     "api_created_at" TIMESTAMPTZ(3),
ADD COLUMN     "context" TEXT NOT NULL DEFAULT '',
ADD COLUMN     "deleted_by" TEXT NOT NULL DEFAULT '',
ADD COLUMN     "kept" JSONB,
ADD COLUMN     "name" TEXT NOT NULL DEFAULT '',
ADD COLUMN     "owner_id" TEXT,
ADD COLUMN     "version" TEXT NOT NULL DEFAULT '';

-- CreateIndex
CREATE INDEX "api_deletion_deleted_at_idx" ON "api_deletion"("deleted_at");

-- AddForeignKey
ALTER TABLE "api_deletion" ADD CONSTRAINT "api_deletion_owner_id_fkey" FOREIGN KEY ("owner_id") REFERENCES "user"("id") ON DELETE SET NULL ON UPDATE CASCADE;
