import CaseModel

/// Takes what a format reads without keeping entries: figures, and what the keys of a second pass need.
protocol SurveyingSink: StatementSink {
  /// The entries of a statement that were added up where they were read.
  func add(_ summary: EntrySummary, to statement: Int) throws
  func note(_ notes: KeyNotes) throws
}

/// A format that has a faster way than making entries when nobody keeps them.
protocol SurveyingFormat: StatementFormat {
  /// Reads the whole file; the sink gets statements with summaries and no entries.
  /// - Parameter forKeys: notes what keys and accounts an import needs.
  func survey(
    _ file: InputFile, options: ReadingOptions, forKeys: Bool, into sink: any SurveyingSink) throws
}
