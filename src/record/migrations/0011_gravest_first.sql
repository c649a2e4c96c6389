DROP INDEX `incidents_by_severity`;--> statement-breakpoint
CREATE INDEX `incidents_by_gravity` ON `incidents` (`severity`,"started_at" desc);--> statement-breakpoint
CREATE INDEX `incidents_in_state` ON `incidents` (`state`,`started_at`);