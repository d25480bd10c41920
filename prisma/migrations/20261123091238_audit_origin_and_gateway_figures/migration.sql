-- DropIndex
DROP INDEX "audit_event_subject_id_id_idx";

-- AlterTable
ALTER TABLE "audit_event" ADD COLUMN     "address" TEXT,
ADD COLUMN     "credential" TEXT,
ADD COLUMN     "on_behalf_of" TEXT,
ADD COLUMN     "user_agent" TEXT;

-- AlterTable
ALTER TABLE "gateway" ADD COLUMN     "figures" JSONB;

-- CreateIndex
CREATE INDEX "audit_event_at_id_idx" ON "audit_event"("at", "id");

-- CreateIndex
CREATE INDEX "audit_event_actor_name_at_id_idx" ON "audit_event"("actor_name", "at", "id");

-- CreateIndex
CREATE INDEX "audit_event_action_at_id_idx" ON "audit_event"("action", "at", "id");

-- CreateIndex
CREATE INDEX "audit_event_subject_id_at_id_idx" ON "audit_event"("subject_id", "at", "id");

-- By hand: what Prisma cannot say.
-- Searching subjects by how they begin, in whatever letters.
CREATE INDEX "audit_event_subject_idx" ON "audit_event"(lower("subject") text_pattern_ops);

-- Rows are only ever added. The role of the application has no other right; this binds the owner too, and superusers,
-- whom no missing right binds (docs/decisions/audit-log.md).
REVOKE UPDATE, DELETE, TRUNCATE ON "audit_event" FROM PUBLIC, CURRENT_USER;

CREATE FUNCTION "refuse_audit_change"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'The audit log is append-only: % is refused', TG_OP USING ERRCODE = 'insufficient_privilege';
END
$$;

CREATE TRIGGER "audit_event_append_only" BEFORE UPDATE OR DELETE OR TRUNCATE ON "audit_event"
  FOR EACH STATEMENT EXECUTE FUNCTION "refuse_audit_change"();
