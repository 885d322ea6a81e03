/// Everything the stages after the store need of one matter, as values.
///
/// Sequences have a total order that does not depend on the order of import: accounts by key,
/// entries by account key, booking day and sequence, files by label.
public struct CaseFile: Sendable {
  public var matter: Matter
  public var files: [ReceivedFile]
  public var accounts: [Account]
  public var statements: [StatementRecord]
  public var gaps: [CoverageGap]
  public var entries: [Entry]
  public var transfers: [Transfer]
  /// What of the store is not in this case and why, a sentence each; empty when nothing was left out.
  public var scopeNotes: [String]

  public init(
    matter: Matter, files: [ReceivedFile], accounts: [Account], statements: [StatementRecord],
    gaps: [CoverageGap], entries: [Entry], transfers: [Transfer],
    scopeNotes: [String] = []
  ) {
    self.matter = matter
    self.files = files
    self.accounts = accounts
    self.statements = statements
    self.gaps = gaps
    self.entries = entries
    self.transfers = transfers
    self.scopeNotes = scopeNotes
  }

  /// How complete the records of an account are, day by day; nil when no statement of it says which days
  /// it covers and no period is given.
  /// - Complexity: O(*n* log *n*) in the statements of the case.
  public func completeness(
    of account: AccountID, over period: Period? = nil
  ) -> AccountCompleteness? {
    Completeness.of(
      account, statements: statements.filter { $0.account == account }, over: period)
  }
}
