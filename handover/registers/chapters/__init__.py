"""The chapters of the program, one module each; a module here is found by its being here."""
