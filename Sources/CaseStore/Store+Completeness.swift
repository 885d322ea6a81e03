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
    Completeness.grid(
      of: try await completeness(accounts: accounts, over: period), doubled: try await doubledDays()
    )
  }

  /// Days with lines that several files show in different words and that may count more than once, by account
  /// and day. What a person said about them (`LinkWork`, links of the kind `duplicate`) takes them out.
  /// - Complexity: one scan of the entries.
  public func doubledDays() async throws -> [DoubledDay] {
    try await pool.withSession { session in
      try session.query(sql("list_doubled_days")) { row in
        guard let day = try row.day(1) else { throw StoreError.unknownSource("a doubled day") }
        return DoubledDay(
          account: try row.id(0), day: day, lines: Int(try row.get(2, as: Int64.self)))
      }
    }
  }
}
