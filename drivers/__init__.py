"""Device drivers of the service counter, usable without the rest of the product."""
