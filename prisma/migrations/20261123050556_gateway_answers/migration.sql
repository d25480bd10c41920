-- CreateTable
-- By hand UNLOGGED: answers live for a second, and are no loss after a crash.
CREATE UNLOGGED TABLE "gateway_answer" (
    "ask_id" UUID NOT NULL,
    "gateway_id" TEXT NOT NULL,
    "document" JSONB NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "gateway_answer_pkey" PRIMARY KEY ("ask_id","gateway_id")
);

-- CreateIndex
CREATE INDEX "gateway_answer_at_idx" ON "gateway_answer"("at");
