ALTER TABLE `service_levels` ADD `p50` real;--> statement-breakpoint
ALTER TABLE `service_levels` ADD `p95` real;--> statement-breakpoint
CREATE INDEX `incidents_of_owner` ON `incidents` (`owner_id`,`started_at`);--> statement-breakpoint
CREATE INDEX `incidents_by_severity` ON `incidents` (`severity`,`started_at`);--> statement-breakpoint
CREATE INDEX `incidents_by_cost` ON `incidents` (`customer_minutes`,`started_at`) WHERE customer_minutes is not null;