CREATE TABLE "nameless_aside" (
	"key_id" "bytea" PRIMARY KEY NOT NULL,
	"sealed" "bytea" NOT NULL,
	"day" date NOT NULL
);
--> statement-breakpoint
CREATE TABLE "nameless_envelope" (
	"id" smallint PRIMARY KEY NOT NULL,
	"key_id" "bytea" NOT NULL,
	"sealed" "bytea" NOT NULL
);
--> statement-breakpoint
CREATE TABLE "nameless_failures" (
	"day" date NOT NULL,
	"kind" text NOT NULL,
	"n" integer NOT NULL,
	CONSTRAINT "nameless_failures_day_kind_pk" PRIMARY KEY("day","kind")
);
--> statement-breakpoint
CREATE UNLOGGED TABLE "nameless_keys" (
	"id" smallint PRIMARY KEY NOT NULL,
	"key_id" "bytea" NOT NULL,
	"wrapped" "bytea" NOT NULL
);
--> statement-breakpoint
ALTER TABLE "events" ADD COLUMN "nameless_together" smallint;--> statement-breakpoint
-- A sample of the words would outlive a question that is withdrawn.
ALTER TABLE nameless_questions ALTER COLUMN text SET STATISTICS 0;--> statement-breakpoint
ALTER TABLE questions ALTER COLUMN text SET STATISTICS 0;--> statement-breakpoint
-- Ballots become H(ballot || question), and all rows are written anew in one transaction and in no order.
CREATE TEMPORARY TABLE ballots_before ON COMMIT DROP AS SELECT event_id, question_id, nameless_id, sha256(ballot || convert_to(
  coalesce(question_id::text, rtrim(translate(encode(nameless_id, 'base64'), '+/', '-_'), '=')), 'UTF8')) AS ballot FROM ballot_votes;--> statement-breakpoint
TRUNCATE ballot_votes;--> statement-breakpoint
INSERT INTO ballot_votes (event_id, ballot, question_id, nameless_id) SELECT event_id, ballot, question_id, nameless_id FROM ballots_before ORDER BY random();--> statement-breakpoint
SET CONSTRAINTS ALL IMMEDIATE;--> statement-breakpoint
SET CONSTRAINTS ALL DEFERRED;--> statement-breakpoint
CREATE TEMPORARY TABLE spent_before ON COMMIT DROP AS SELECT event_id, purpose, hash FROM slips_spent;--> statement-breakpoint
TRUNCATE slips_spent;--> statement-breakpoint
INSERT INTO slips_spent (event_id, purpose, hash) SELECT event_id, purpose, hash FROM spent_before ORDER BY random();--> statement-breakpoint
-- How many hold slips shows nowhere any more.
DROP TRIGGER event_revision_insert ON slips_issued;--> statement-breakpoint
DROP TRIGGER event_revision_delete ON slips_issued;--> statement-breakpoint
DROP FUNCTION slips_issued_changed();
