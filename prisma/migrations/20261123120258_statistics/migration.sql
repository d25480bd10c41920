-- CreateTable
CREATE TABLE "api_statistic" (
    "api_id" UUID NOT NULL,
    "span" INTEGER NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "requests" INTEGER NOT NULL,
    "client_errors" INTEGER NOT NULL,
    "server_errors" INTEGER NOT NULL,
    "latency" INTEGER[],

    CONSTRAINT "api_statistic_pkey" PRIMARY KEY ("api_id","span","at")
);

-- CreateTable
CREATE TABLE "endpoint_statistic" (
    "api_id" UUID NOT NULL,
    "span" INTEGER NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "key_type" TEXT NOT NULL,
    "endpoint_id" TEXT NOT NULL,
    "requests" INTEGER NOT NULL,
    "failures" INTEGER NOT NULL,

    CONSTRAINT "endpoint_statistic_pkey" PRIMARY KEY ("api_id","span","at","key_type","endpoint_id")
);

-- CreateTable
CREATE TABLE "endpoint_change" (
    "id" BIGSERIAL NOT NULL,
    "api_id" UUID NOT NULL,
    "gateway_id" TEXT NOT NULL,
    "key_type" TEXT NOT NULL,
    "endpoint_id" TEXT NOT NULL,
    "from_state" TEXT NOT NULL,
    "to_state" TEXT NOT NULL,
    "code" INTEGER,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "endpoint_change_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "statistics_batch" (
    "gateway_id" TEXT NOT NULL,
    "batch_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "statistics_batch_pkey" PRIMARY KEY ("gateway_id")
);

-- CreateIndex
CREATE INDEX "api_statistic_span_at_idx" ON "api_statistic"("span", "at");

-- CreateIndex
CREATE INDEX "endpoint_statistic_span_at_idx" ON "endpoint_statistic"("span", "at");

-- CreateIndex
CREATE INDEX "endpoint_change_api_id_at_idx" ON "endpoint_change"("api_id", "at");

-- CreateIndex
CREATE INDEX "endpoint_change_at_idx" ON "endpoint_change"("at");
