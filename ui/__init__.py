"""The Qt face of Handover: shows and edits what the core holds; decides nothing about the domain."""
