-- CreateTable
CREATE TABLE "failed_request" (
    "id" BIGSERIAL NOT NULL,
    "api_id" UUID NOT NULL,
    "gateway_id" TEXT NOT NULL,
    "request_id" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "record" JSONB NOT NULL,

    CONSTRAINT "failed_request_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "failed_request_api_id_at_id_idx" ON "failed_request"("api_id", "at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "failed_request_at_idx" ON "failed_request"("at");
