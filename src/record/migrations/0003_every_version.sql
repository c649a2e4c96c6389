CREATE TABLE `drills` (
	`at` integer PRIMARY KEY NOT NULL,
	`fault` text,
	`snapshot` text DEFAULT '' NOT NULL,
	`versions` integer DEFAULT 0 NOT NULL,
	`rows` integer DEFAULT 0 NOT NULL,
	`took_ms` integer DEFAULT 0 NOT NULL
);
--> statement-breakpoint
CREATE TABLE `speaking` (
	`id` integer PRIMARY KEY NOT NULL,
	`at` integer,
	`by` text,
	`why` text,
	`source` text,
	`saving` integer
);
--> statement-breakpoint
CREATE TABLE `versions` (
	`number` integer PRIMARY KEY NOT NULL,
	`at` integer NOT NULL,
	`by` text NOT NULL,
	`why` text NOT NULL,
	`source` text NOT NULL,
	`saving` integer NOT NULL,
	`table_name` text NOT NULL,
	`row` text NOT NULL,
	`was` text,
	`became` text,
	`hash` text
);
--> statement-breakpoint
CREATE INDEX `versions_of_row` ON `versions` (`table_name`,`row`);--> statement-breakpoint
CREATE INDEX `versions_by_time` ON `versions` (`at`);