// Dossier
