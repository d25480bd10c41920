-- CreateTable
CREATE TABLE "endpoint_certificate" (
    "id" UUID NOT NULL,
    "api_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "alias" TEXT NOT NULL,
    "host" TEXT NOT NULL,
    "certificate" TEXT NOT NULL,
    "private_key" TEXT,
    "subject" TEXT NOT NULL,
    "issuer" TEXT NOT NULL,
    "serial_number" TEXT NOT NULL,
    "fingerprint" TEXT NOT NULL,
    "valid_from" TIMESTAMPTZ(3) NOT NULL,
    "valid_to" TIMESTAMPTZ(3) NOT NULL,
    "created_by" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "endpoint_certificate_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "endpoint_certificate_valid_to_idx" ON "endpoint_certificate"("valid_to");

-- CreateIndex
CREATE UNIQUE INDEX "endpoint_certificate_api_id_alias_key" ON "endpoint_certificate"("api_id", "alias");

-- AddForeignKey
ALTER TABLE "endpoint_certificate" ADD CONSTRAINT "endpoint_certificate_api_id_fkey" FOREIGN KEY ("api_id") REFERENCES "api"("id") ON DELETE CASCADE ON UPDATE CASCADE;
