CREATE TABLE `editions` (
	`number` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`day` text NOT NULL,
	`as_of` integer NOT NULL,
	`meeting_id` text DEFAULT '' NOT NULL,
	`made_at` integer NOT NULL,
	`morning` text NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `editions_once` ON `editions` (`day`,`as_of`,`meeting_id`);--> statement-breakpoint
CREATE TABLE `hooks` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`kind` text NOT NULL,
	`sealed` text NOT NULL,
	`tells` text NOT NULL,
	`time` text NOT NULL,
	`added_at` integer NOT NULL,
	`by` text DEFAULT '' NOT NULL,
	`retired_at` integer
);
--> statement-breakpoint
CREATE TABLE `invitations` (
	`id` text PRIMARY KEY NOT NULL,
	`at` integer NOT NULL,
	`until_at` integer NOT NULL,
	`sequence` integer NOT NULL,
	`people` text NOT NULL,
	`told_at` integer NOT NULL,
	`cancelled_at` integer
);
--> statement-breakpoint
CREATE TABLE `outbox` (
	`id` text PRIMARY KEY NOT NULL,
	`channel` text NOT NULL,
	`kind` text NOT NULL,
	`to` text NOT NULL,
	`content` text NOT NULL,
	`due_at` integer NOT NULL,
	`made_at` integer NOT NULL,
	`next_at` integer,
	`tries` integer DEFAULT 0 NOT NULL,
	`fault` text,
	`sent_at` integer,
	`failed_at` integer
);
--> statement-breakpoint
CREATE INDEX `outbox_waiting` ON `outbox` (`next_at`) WHERE next_at is not null;--> statement-breakpoint
CREATE INDEX `outbox_by_slot` ON `outbox` (`due_at`);--> statement-breakpoint
CREATE TABLE `phones` (
	`id` text PRIMARY KEY NOT NULL,
	`person_id` text NOT NULL,
	`endpoint` text NOT NULL,
	`public_key` text NOT NULL,
	`auth` text NOT NULL,
	`added_at` integer NOT NULL,
	`ended_at` integer
);
--> statement-breakpoint
CREATE INDEX `phones_of_person` ON `phones` (`person_id`);--> statement-breakpoint
CREATE TABLE `preferences` (
	`person_id` text PRIMARY KEY NOT NULL,
	`variant` text NOT NULL,
	`digest_from` integer,
	`time` text NOT NULL,
	`zone` text NOT NULL,
	`weekdays` text NOT NULL,
	`days_off` text NOT NULL,
	`keeps_holidays` integer NOT NULL,
	`wakings` text NOT NULL,
	`quiet_from` text NOT NULL,
	`quiet_until` text NOT NULL,
	`feed` integer DEFAULT 0 NOT NULL,
	`changed_at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `runs` (
	`job` text NOT NULL,
	`person` text NOT NULL,
	`local_date` text NOT NULL,
	`due_at` integer NOT NULL,
	`at` integer NOT NULL,
	`outcome` text NOT NULL,
	`why` text DEFAULT '' NOT NULL,
	PRIMARY KEY(`job`, `person`, `local_date`)
);
--> statement-breakpoint
CREATE INDEX `runs_by_slot` ON `runs` (`due_at`);