-- CreateTable
CREATE TABLE "scheduled_publish" (
    "id" UUID NOT NULL,
    "api_id" UUID NOT NULL,
    "base_revision" INTEGER NOT NULL,
    "changes" JSONB NOT NULL,
    "comment" TEXT NOT NULL DEFAULT '',
    "publish_at" TIMESTAMPTZ(3) NOT NULL,
    "time_zone" TEXT NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'scheduled',
    "reason" TEXT NOT NULL DEFAULT '',
    "revision" INTEGER,
    "actor_id" TEXT NOT NULL,
    "actor_name" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "scheduled_publish_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "scheduled_publish_state_publish_at_idx" ON "scheduled_publish"("state", "publish_at");

-- CreateIndex
CREATE INDEX "scheduled_publish_api_id_created_at_idx" ON "scheduled_publish"("api_id", "created_at" DESC);

-- AddForeignKey
ALTER TABLE "scheduled_publish" ADD CONSTRAINT "scheduled_publish_api_id_fkey" FOREIGN KEY ("api_id") REFERENCES "api"("id") ON DELETE CASCADE ON UPDATE CASCADE;
