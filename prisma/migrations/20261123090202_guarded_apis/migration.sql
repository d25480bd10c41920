-- AlterTable
ALTER TABLE "api" ADD COLUMN     "is_guarded" BOOLEAN NOT NULL DEFAULT false;

UPDATE "api" SET "is_guarded" = true FROM "api_guard" WHERE "api_guard"."api_id" = "api"."id" AND "api_guard"."enabled";
