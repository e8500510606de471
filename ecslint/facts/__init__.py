"""Tables: what AWS allows, and what things look like. Data only; each table names its source."""
