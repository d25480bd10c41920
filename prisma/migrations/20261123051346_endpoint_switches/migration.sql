-- CreateTable
CREATE TABLE "endpoint_switch" (
    "api_id" UUID NOT NULL,
    "key_type" TEXT NOT NULL,
    "endpoint_id" TEXT NOT NULL,
    "position" TEXT NOT NULL,
    "actor_name" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "endpoint_switch_pkey" PRIMARY KEY ("api_id","key_type","endpoint_id"),
    -- By hand: what a gateway cannot read would keep the whole API from it.
    CONSTRAINT "endpoint_switch_key_type" CHECK ("key_type" IN ('production', 'sandbox')),
    CONSTRAINT "endpoint_switch_position" CHECK ("position" IN ('off', 'drain'))
);

-- AddForeignKey
ALTER TABLE "endpoint_switch" ADD CONSTRAINT "endpoint_switch_api_id_fkey" FOREIGN KEY ("api_id") REFERENCES "api"("id") ON DELETE CASCADE ON UPDATE CASCADE;
