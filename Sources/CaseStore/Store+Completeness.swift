public import CaseModel

extension Store {
  /// How complete the records of accounts are over a period, by the order of `accounts()`.
  ///
  /// - Parameters:
  ///   - accounts: nil for all that have statements.
  ///   - period: nil for the days each account's own statements tell of; then accounts without any are
  ///     left out.
  public func completeness(
    accounts: [AccountID]? = nil, over period: Period? = nil
  ) async throws -> [AccountCompleteness] {
    let wanted = accounts.map(Set.init)
    let listed = try await self.accounts().filter {
      wanted?.contains($0.id) ?? $0.hasStatements
    }
    let byAccount = Dictionary(grouping: try await statements(), by: \.account)
    return listed.compactMap {
      Completeness.of($0.id, statements: byAccount[$0.id] ?? [], over: period)
    }
  }

  /// Accounts × months of everything the store holds, or of some accounts and days.
  public func reconciliationGrid(
    accounts: [AccountID]? = nil, over period: Period? = nil
  ) async throws -> ReconciliationGrid {
    Completeness.grid(of: try await completeness(accounts: accounts, over: period))
  }
}
