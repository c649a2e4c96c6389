CREATE TABLE `source_secrets` (
	`id` text PRIMARY KEY NOT NULL,
	`source` text NOT NULL,
	`scheme` text NOT NULL,
	`sealed` text NOT NULL,
	`print` text NOT NULL,
	`added_at` integer NOT NULL,
	`by` text DEFAULT '' NOT NULL,
	`retired_at` integer,
	`retired_by` text
);
--> statement-breakpoint
CREATE INDEX `source_secrets_of_source` ON `source_secrets` (`source`);