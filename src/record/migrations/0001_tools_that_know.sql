CREATE TABLE `pulls` (
	`source` text PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`url` text NOT NULL,
	`options` text NOT NULL,
	`token` text,
	`every_ms` integer NOT NULL,
	`cursor` text,
	`tried_at` integer,
	`as_of` integer,
	`failures` integer DEFAULT 0 NOT NULL,
	`open_until` integer,
	`fault` text,
	`recorded_at` integer NOT NULL,
	`by` text DEFAULT '' NOT NULL
);
--> statement-breakpoint
CREATE TABLE `source_mappings` (
	`source` text PRIMARY KEY NOT NULL,
	`rules` text NOT NULL,
	`delivery_id` text,
	`saved_at` integer NOT NULL,
	`by` text DEFAULT '' NOT NULL
);
--> statement-breakpoint
CREATE TABLE `source_words` (
	`source` text NOT NULL,
	`field` text NOT NULL,
	`theirs` text NOT NULL,
	`ours` text,
	`seen` integer DEFAULT 0 NOT NULL,
	`last_at` integer,
	`decided_at` integer,
	`by` text DEFAULT '' NOT NULL,
	PRIMARY KEY(`source`, `field`, `theirs`)
);
--> statement-breakpoint
ALTER TABLE `incidents` ADD `merged_into` text;--> statement-breakpoint
ALTER TABLE `sources` ADD `grouping` text DEFAULT 'off' NOT NULL;