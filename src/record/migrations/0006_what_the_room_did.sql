CREATE TABLE `hand_overs` (
	`id` text PRIMARY KEY NOT NULL,
	`meeting_id` text NOT NULL,
	`at` integer NOT NULL,
	`by` text NOT NULL,
	`to_id` text NOT NULL,
	`issue` text NOT NULL,
	`noticed` text DEFAULT '' NOT NULL,
	`plan` text DEFAULT '' NOT NULL,
	`subject_kind` text,
	`subject_id` text,
	`accepted_at` integer,
	`accepted_by` text,
	`returned_at` integer,
	`returned_by` text,
	`returned_why` text,
	`deputy_id` text,
	`deputy_at` integer
);
--> statement-breakpoint
CREATE INDEX `hand_overs_waiting` ON `hand_overs` (`at`) WHERE accepted_at is null and returned_at is null;--> statement-breakpoint
CREATE INDEX `hand_overs_of_meeting` ON `hand_overs` (`meeting_id`);--> statement-breakpoint
CREATE TABLE `level_reports` (
	`meeting_id` text NOT NULL,
	`service` text NOT NULL,
	`indicator` text NOT NULL,
	`day_percent` real,
	`week_percent` real,
	`month_percent` real,
	`objective` real,
	`budget_left_minutes` real,
	`good` real NOT NULL,
	`total` real NOT NULL,
	`unknown` real NOT NULL,
	`missing_days` integer NOT NULL,
	PRIMARY KEY(`meeting_id`, `service`, `indicator`)
);
--> statement-breakpoint
CREATE TABLE `look_back_figures` (
	`meeting_id` text NOT NULL,
	`day` text NOT NULL,
	`figure` text NOT NULL,
	`value` real NOT NULL,
	PRIMARY KEY(`meeting_id`, `figure`)
);
--> statement-breakpoint
CREATE INDEX `look_back_figures_by_day` ON `look_back_figures` (`day`);--> statement-breakpoint
CREATE TABLE `meeting_events` (
	`meeting_id` text NOT NULL,
	`number` integer NOT NULL,
	`at` integer NOT NULL,
	`kind` text NOT NULL,
	`value` text DEFAULT '' NOT NULL,
	`by` text DEFAULT '' NOT NULL,
	`why` text DEFAULT '' NOT NULL,
	PRIMARY KEY(`meeting_id`, `number`)
);
--> statement-breakpoint
CREATE INDEX `meeting_events_by_kind` ON `meeting_events` (`kind`,`at`);--> statement-breakpoint
CREATE TABLE `postmortems_due` (
	`incident_id` text NOT NULL,
	`meeting_id` text NOT NULL,
	`decided_at` integer NOT NULL,
	`owner_id` text,
	`advice` text,
	`rules` text DEFAULT '' NOT NULL,
	`for` integer,
	PRIMARY KEY(`incident_id`, `meeting_id`)
);
--> statement-breakpoint
CREATE TABLE `problem_lists` (
	`meeting_id` text NOT NULL,
	`place` integer NOT NULL,
	`problem_id` text NOT NULL,
	`title` text NOT NULL,
	`state` text NOT NULL,
	`owner_id` text,
	`severity` text,
	`incident_count` integer NOT NULL,
	PRIMARY KEY(`meeting_id`, `place`)
);
--> statement-breakpoint
CREATE TABLE `snapshots` (
	`number` integer PRIMARY KEY NOT NULL,
	`meeting_id` text NOT NULL,
	`at` integer NOT NULL,
	`by` text NOT NULL,
	`content` text NOT NULL,
	`hash` text NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `snapshots_of_meeting` ON `snapshots` (`meeting_id`);