CREATE TABLE `action_events` (
	`action_id` text NOT NULL,
	`at` integer NOT NULL,
	`recorded_at` integer NOT NULL,
	`kind` text NOT NULL,
	`value` text DEFAULT '' NOT NULL,
	`by` text DEFAULT '' NOT NULL,
	`why` text DEFAULT '' NOT NULL,
	`origin` text NOT NULL,
	`source` text DEFAULT '' NOT NULL,
	`rank` integer DEFAULT 0 NOT NULL,
	PRIMARY KEY(`action_id`, `at`, `kind`, `value`)
);
--> statement-breakpoint
CREATE INDEX `action_events_by_record` ON `action_events` (`recorded_at`);--> statement-breakpoint
CREATE TABLE `actions` (
	`id` text PRIMARY KEY NOT NULL,
	`title` text NOT NULL,
	`state` text NOT NULL,
	`opened_at` integer NOT NULL,
	`owner_id` text,
	`due_at` integer,
	`acknowledged_at` integer,
	`ended_at` integer,
	`origin_kind` text,
	`origin_id` text,
	`recorded_at` integer NOT NULL,
	`changed_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `actions_open` ON `actions` (`opened_at`) WHERE ended_at is null;--> statement-breakpoint
CREATE INDEX `actions_by_end` ON `actions` (`ended_at`);--> statement-breakpoint
CREATE TABLE `change_events` (
	`change_id` text NOT NULL,
	`at` integer NOT NULL,
	`recorded_at` integer NOT NULL,
	`kind` text NOT NULL,
	`value` text DEFAULT '' NOT NULL,
	`by` text DEFAULT '' NOT NULL,
	`why` text DEFAULT '' NOT NULL,
	`origin` text NOT NULL,
	`source` text DEFAULT '' NOT NULL,
	`rank` integer DEFAULT 0 NOT NULL,
	PRIMARY KEY(`change_id`, `at`, `kind`, `value`)
);
--> statement-breakpoint
CREATE TABLE `changes` (
	`id` text PRIMARY KEY NOT NULL,
	`at` integer NOT NULL,
	`what` text NOT NULL,
	`service` text,
	`site` text,
	`who` text,
	`url` text,
	`kind` text,
	`source` text DEFAULT '' NOT NULL,
	`recorded_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `changes_by_time` ON `changes` (`at`);--> statement-breakpoint
CREATE INDEX `changes_of_service` ON `changes` (`service`,`at`);--> statement-breakpoint
CREATE INDEX `changes_by_record` ON `changes` (`recorded_at`);--> statement-breakpoint
CREATE TABLE `complaints` (
	`id` text PRIMARY KEY NOT NULL,
	`at` integer NOT NULL,
	`text` text NOT NULL,
	`service` text,
	`class` text,
	`incident_id` text,
	`count` integer DEFAULT 1 NOT NULL,
	`by` text DEFAULT '' NOT NULL,
	`source` text DEFAULT '' NOT NULL,
	`recorded_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `complaints_by_time` ON `complaints` (`at`);--> statement-breakpoint
CREATE INDEX `complaints_of_incident` ON `complaints` (`incident_id`);--> statement-breakpoint
CREATE INDEX `complaints_by_record` ON `complaints` (`recorded_at`);--> statement-breakpoint
CREATE TABLE `corrections` (
	`meeting_id` text NOT NULL,
	`number` integer NOT NULL,
	`recorded_at` integer NOT NULL,
	`subject_kind` text NOT NULL,
	`subject_id` text NOT NULL,
	`figure` text NOT NULL,
	`was` real NOT NULL,
	`is` real NOT NULL,
	PRIMARY KEY(`meeting_id`, `number`, `figure`)
);
--> statement-breakpoint
CREATE TABLE `deliveries` (
	`id` text PRIMARY KEY NOT NULL,
	`source` text NOT NULL,
	`received_at` integer NOT NULL,
	`content_type` text DEFAULT '' NOT NULL,
	`body` blob NOT NULL,
	`ingested_at` integer,
	`facts` integer,
	`fault` text
);
--> statement-breakpoint
CREATE INDEX `deliveries_waiting` ON `deliveries` (`id`) WHERE ingested_at is null;--> statement-breakpoint
CREATE INDEX `deliveries_unreadable` ON `deliveries` (`id`) WHERE fault is not null;--> statement-breakpoint
CREATE INDEX `deliveries_of_source` ON `deliveries` (`source`,`received_at`);--> statement-breakpoint
CREATE TABLE `exposure_events` (
	`service` text NOT NULL,
	`at` integer NOT NULL,
	`recorded_at` integer NOT NULL,
	`kind` text NOT NULL,
	`value` text DEFAULT '' NOT NULL,
	`by` text DEFAULT '' NOT NULL,
	`why` text DEFAULT '' NOT NULL,
	`origin` text NOT NULL,
	`source` text DEFAULT '' NOT NULL,
	`rank` integer DEFAULT 0 NOT NULL,
	PRIMARY KEY(`service`, `at`, `kind`, `value`)
);
--> statement-breakpoint
CREATE TABLE `exposures` (
	`id` text PRIMARY KEY NOT NULL,
	`service` text NOT NULL,
	`since` integer NOT NULL,
	`until` integer,
	`certain` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `exposures_open` ON `exposures` (`since`) WHERE until is null;--> statement-breakpoint
CREATE INDEX `exposures_of_service` ON `exposures` (`service`,`since`);--> statement-breakpoint
CREATE TABLE `forecasts` (
	`id` text PRIMARY KEY NOT NULL,
	`made_at` integer NOT NULL,
	`service` text NOT NULL,
	`what` text NOT NULL,
	`due_at` integer NOT NULL,
	`confidence` text,
	`source` text DEFAULT '' NOT NULL,
	`recorded_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `forecasts_by_due` ON `forecasts` (`due_at`);--> statement-breakpoint
CREATE INDEX `forecasts_by_making` ON `forecasts` (`made_at`);--> statement-breakpoint
CREATE TABLE `incident_events` (
	`incident_id` text NOT NULL,
	`at` integer NOT NULL,
	`recorded_at` integer NOT NULL,
	`kind` text NOT NULL,
	`value` text DEFAULT '' NOT NULL,
	`by` text DEFAULT '' NOT NULL,
	`why` text DEFAULT '' NOT NULL,
	`origin` text NOT NULL,
	`source` text DEFAULT '' NOT NULL,
	`rank` integer DEFAULT 0 NOT NULL,
	PRIMARY KEY(`incident_id`, `at`, `kind`, `value`)
);
--> statement-breakpoint
CREATE INDEX `incident_events_by_time` ON `incident_events` (`at`);--> statement-breakpoint
CREATE INDEX `incident_events_by_record` ON `incident_events` (`recorded_at`);--> statement-breakpoint
CREATE TABLE `incident_problems` (
	`incident_id` text NOT NULL,
	`problem_id` text NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`incident_id`, `problem_id`)
);
--> statement-breakpoint
CREATE INDEX `incident_problems_by_problem` ON `incident_problems` (`problem_id`);--> statement-breakpoint
CREATE TABLE `incidents` (
	`id` text PRIMARY KEY NOT NULL,
	`title` text NOT NULL,
	`symptom` text NOT NULL,
	`service` text,
	`severity` text,
	`state` text NOT NULL,
	`started_at` integer NOT NULL,
	`detected_at` integer,
	`acknowledged_at` integer,
	`mitigated_at` integer,
	`resolved_at` integer,
	`closed_at` integer,
	`ended_at` integer,
	`owner_id` text,
	`team` text,
	`site` text,
	`customer_minutes` real,
	`change_id` text,
	`url` text,
	`class` text,
	`postmortem` text,
	`postmortem_at` integer,
	`postmortem_for` integer,
	`source` text DEFAULT '' NOT NULL,
	`recorded_at` integer NOT NULL,
	`changed_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `incidents_by_start` ON `incidents` (`started_at`);--> statement-breakpoint
CREATE INDEX `incidents_open` ON `incidents` (`started_at`) WHERE ended_at is null;--> statement-breakpoint
CREATE INDEX `incidents_by_end` ON `incidents` (`ended_at`) WHERE ended_at is not null;--> statement-breakpoint
CREATE INDEX `incidents_alike` ON `incidents` (`service`,`symptom`,`started_at`);--> statement-breakpoint
CREATE INDEX `incidents_of_service` ON `incidents` (`service`,`started_at`);--> statement-breakpoint
CREATE INDEX `incidents_to_decide` ON `incidents` (`postmortem_at`) WHERE postmortem in ('yes', 'later');--> statement-breakpoint
CREATE TABLE `inputs` (
	`source` text NOT NULL,
	`class` text NOT NULL,
	`minute` integer NOT NULL,
	`last_at` integer NOT NULL,
	`count` integer NOT NULL,
	PRIMARY KEY(`source`, `class`, `minute`)
);
--> statement-breakpoint
CREATE INDEX `inputs_by_class` ON `inputs` (`class`,`minute`);--> statement-breakpoint
CREATE TABLE `meetings` (
	`id` text PRIMARY KEY NOT NULL,
	`day` text NOT NULL,
	`zone` text NOT NULL,
	`from` integer,
	`cut_off` integer,
	`opened_at` integer,
	`opened_by` text,
	`closed_at` integer,
	`closed_by` text,
	`figures` text
);
--> statement-breakpoint
CREATE INDEX `meetings_by_cut_off` ON `meetings` (`cut_off`);--> statement-breakpoint
CREATE INDEX `meetings_by_day` ON `meetings` (`day`);--> statement-breakpoint
CREATE TABLE `needs` (
	`service` text NOT NULL,
	`needs` text NOT NULL,
	`group` text DEFAULT '' NOT NULL,
	PRIMARY KEY(`service`, `needs`)
);
--> statement-breakpoint
CREATE TABLE `people` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`email` text NOT NULL,
	`role` text,
	`function` text,
	`zone` text,
	`deputy` text,
	`closed_at` integer,
	`recorded_at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `planned_events` (
	`id` text PRIMARY KEY NOT NULL,
	`title` text NOT NULL,
	`from` integer NOT NULL,
	`to` integer NOT NULL,
	`service` text,
	`peak_percent` real,
	`value_per_minute` real,
	`currency` text,
	`source` text DEFAULT '' NOT NULL,
	`recorded_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `planned_events_by_end` ON `planned_events` (`to`);--> statement-breakpoint
CREATE TABLE `problem_events` (
	`problem_id` text NOT NULL,
	`at` integer NOT NULL,
	`recorded_at` integer NOT NULL,
	`kind` text NOT NULL,
	`value` text DEFAULT '' NOT NULL,
	`by` text DEFAULT '' NOT NULL,
	`why` text DEFAULT '' NOT NULL,
	`origin` text NOT NULL,
	`source` text DEFAULT '' NOT NULL,
	`rank` integer DEFAULT 0 NOT NULL,
	PRIMARY KEY(`problem_id`, `at`, `kind`, `value`)
);
--> statement-breakpoint
CREATE INDEX `problem_events_by_time` ON `problem_events` (`at`);--> statement-breakpoint
CREATE INDEX `problem_events_by_record` ON `problem_events` (`recorded_at`);--> statement-breakpoint
CREATE TABLE `problems` (
	`id` text PRIMARY KEY NOT NULL,
	`title` text NOT NULL,
	`service` text,
	`severity` text,
	`state` text NOT NULL,
	`opened_at` integer NOT NULL,
	`fixed_at` integer,
	`closed_at` integer,
	`owner_id` text,
	`architectural` integer DEFAULT false NOT NULL,
	`source` text DEFAULT '' NOT NULL,
	`recorded_at` integer NOT NULL,
	`changed_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `problems_open` ON `problems` (`opened_at`) WHERE closed_at is null;--> statement-breakpoint
CREATE INDEX `problems_by_close` ON `problems` (`closed_at`);--> statement-breakpoint
CREATE TABLE `record` (
	`key` text PRIMARY KEY NOT NULL,
	`value` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `service_levels` (
	`service` text NOT NULL,
	`indicator` text NOT NULL,
	`day` text NOT NULL,
	`good` real NOT NULL,
	`total` real NOT NULL,
	`unknown` real DEFAULT 0 NOT NULL,
	`zone` text NOT NULL,
	`source` text DEFAULT '' NOT NULL,
	`recorded_at` integer NOT NULL,
	PRIMARY KEY(`service`, `indicator`, `day`)
);
--> statement-breakpoint
CREATE INDEX `service_levels_by_day` ON `service_levels` (`day`);--> statement-breakpoint
CREATE TABLE `services` (
	`id` text PRIMARY KEY NOT NULL,
	`tier` text,
	`objective` real,
	`sites_required` integer,
	`team` text,
	`recorded_at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `site_events` (
	`service` text NOT NULL,
	`site` text NOT NULL,
	`at` integer NOT NULL,
	`state` text NOT NULL,
	`capacity_percent` real,
	`recorded_at` integer NOT NULL,
	`by` text DEFAULT '' NOT NULL,
	`source` text DEFAULT '' NOT NULL,
	PRIMARY KEY(`service`, `site`, `at`, `state`)
);
--> statement-breakpoint
CREATE INDEX `site_events_by_record` ON `site_events` (`recorded_at`);--> statement-breakpoint
CREATE TABLE `sources` (
	`name` text PRIMARY KEY NOT NULL,
	`adapter` text NOT NULL,
	`class` text NOT NULL,
	`silence_ms` integer,
	`recorded_at` integer NOT NULL
);
