-- AlterTable
ALTER TABLE "gateway" ADD COLUMN     "heard_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP;

-- CreateTable
CREATE TABLE "api_guard" (
    "api_id" UUID NOT NULL,
    "enabled" BOOLEAN NOT NULL,
    "watch_minutes" INTEGER NOT NULL,
    "max_error_points" DOUBLE PRECISION NOT NULL,
    "max_latency_percent" DOUBLE PRECISION NOT NULL,
    "min_requests" INTEGER NOT NULL,

    CONSTRAINT "api_guard_pkey" PRIMARY KEY ("api_id")
);

-- CreateTable
CREATE TABLE "guard_watch" (
    "id" UUID NOT NULL,
    "api_id" UUID NOT NULL,
    "revision" INTEGER NOT NULL,
    "base_revision" INTEGER NOT NULL,
    "settings" JSONB NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'watching',
    "actor_name" TEXT NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "until" TIMESTAMPTZ(3) NOT NULL,
    "checked_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "reason" TEXT NOT NULL DEFAULT '',
    "figures" JSONB,
    "restored_revision" INTEGER,
    "ended_at" TIMESTAMPTZ(3),
    "dismissed_by" TEXT,

    CONSTRAINT "guard_watch_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "api_traffic" (
    "api_id" UUID NOT NULL,
    "revision" INTEGER NOT NULL,
    "gateway_id" TEXT NOT NULL,
    "minute" TIMESTAMPTZ(3) NOT NULL,
    "requests" INTEGER NOT NULL,
    "failures" INTEGER NOT NULL,
    "latency" INTEGER[],

    CONSTRAINT "api_traffic_pkey" PRIMARY KEY ("api_id","revision","gateway_id","minute")
);

-- CreateIndex
CREATE INDEX "guard_watch_api_id_started_at_idx" ON "guard_watch"("api_id", "started_at" DESC);

-- CreateIndex
CREATE INDEX "guard_watch_state_idx" ON "guard_watch"("state");

-- CreateIndex
CREATE INDEX "api_traffic_minute_idx" ON "api_traffic"("minute");

-- AddForeignKey
ALTER TABLE "api_guard" ADD CONSTRAINT "api_guard_api_id_fkey" FOREIGN KEY ("api_id") REFERENCES "api"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "guard_watch" ADD CONSTRAINT "guard_watch_api_id_fkey" FOREIGN KEY ("api_id") REFERENCES "api"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- One change of an API is watched at a time.
CREATE UNIQUE INDEX "guard_watch_watching_key" ON "guard_watch"("api_id") WHERE "state" = 'watching';
