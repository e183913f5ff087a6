"""Letters: what the record knows for them, Word templates that staff can edit, and the PDF of what Word says."""
