"""Files in and out: the import wizard and its reports, exports, handover packs and their check."""
