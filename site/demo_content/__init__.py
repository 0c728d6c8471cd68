"""Makes the demo content: invented clinics and doctors of any number, the same bytes on every run."""
