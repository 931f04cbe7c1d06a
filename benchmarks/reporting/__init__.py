"""From results to what is read: rows, ratios, tables. It measures nothing."""
