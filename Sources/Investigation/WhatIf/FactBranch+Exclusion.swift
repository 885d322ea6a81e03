import CaseModel
import CaseStore

extension FactBranch {
  /// Leaves out a received file: its entries, its statements, and the facts that cite it. Where the
  /// chain of statements breaks, gaps arise as they would in the store.
  mutating func exclude(exhibit label: String, _ place: String) throws {
    let named = caseFile.files.filter { $0.exhibit == label || $0.name == label }
    let hashes = Set(named.map(\.sha256))
    guard !hashes.contains(caseFile.matter.source.file) else {
      throw WhatIfError.isTheCaseSheet(place: place)
    }
    let facts = Set(
      caseFile.matter.facts.filter { $0.exhibit == label || hashes.contains($0.source.file) }
        .map(\.code))
    guard !hashes.isEmpty || !facts.isEmpty else {
      let known =
        caseFile.files.map { $0.exhibit ?? $0.name }
        + caseFile.matter.facts.compactMap(\.exhibit)
      throw WhatIfError.unknown(
        what: "file or exhibit \(Issue.escaped(label))", place: place,
        known: Array(Set(known)))
    }
    let gone = Set(caseFile.entries.filter { hashes.contains($0.source.file) }.map(\.id))
    let touched = Set(
      caseFile.statements.filter { hashes.contains($0.source.file) }.map(\.account))
    remove(gone)
    caseFile.files.removeAll { hashes.contains($0.sha256) }
    caseFile.statements.removeAll { hashes.contains($0.source.file) }
    let gaps = Coverage.gaps(in: caseFile.statements.filter { touched.contains($0.account) })
    caseFile.gaps = (caseFile.gaps.filter { !touched.contains($0.account) } + gaps).sorted {
      ($0.account, $0.after) < ($1.account, $1.after)
    }
    caseFile.matter.facts.removeAll { facts.contains($0.code) }
    for account in Set(caseFile.accounts.map(\.id)).intersection(touched).sorted()
    where !caseFile.statements.contains(where: { $0.account == account }) {
      let name = caseFile.accounts.first { $0.id == account }?.displayName ?? "an account"
      notes.append("Without \(label) no statement of \(name) is left.")
    }
    effects.append(
      hashes.isEmpty
        ? "\(Issue.escaped(label)) is left out: no bank record of the case carries that mark, so no entry is; "
          + "\(Self.count(facts.count, "fact")) citing it \(facts.count == 1 ? "goes" : "go")"
        : "\(Issue.escaped(label)) is left out: \(Self.count(gone.count, "entry")), \(Self.count(facts.count, "fact"))"
    )
    if !gone.isEmpty {
      notes.append(
        "\(gone.count) \(gone.count == 1 ? "entry" : "entries") read from \(label) "
          + "\(gone.count == 1 ? "is" : "are") left out, also where another file shows the same line."
      )
    }
  }

  /// Leaves out single entries. The statements that show them no longer agree with their balances, and
  /// say so.
  mutating func exclude(entries selector: EntrySelector, _ place: String) throws {
    let matcher = EntryMatcher(caseFile)
    let gone = caseFile.entries.filter { matcher.selects(selector, $0) }
    guard !gone.isEmpty else { throw WhatIfError.nothingSelected(place: place) }
    let removed = Dictionary(grouping: gone, by: \.statement)
    caseFile.statements = caseFile.statements.map { one in
      guard let lost = removed[one.id], one.status == .reconciled || one.status == .unreconciled
      else { return one }
      let known = one.difference ?? .zero(lost[0].amount.currency)
      let difference = lost.map(\.amount).reduce(known, -)
      return StatementRecord(
        id: one.id, account: one.account, number: one.number, period: one.period,
        opening: one.opening, closing: one.closing, entryCount: one.entryCount - lost.count,
        status: difference.isZero ? .reconciled : .unreconciled,
        difference: difference.isZero ? nil : difference, source: one.source)
    }
    remove(Set(gone.map(\.id)))
    effects.append("\(Self.count(gone.count, "entry")) left out: \(selector.inWords)")
    notes.append(
      "\(gone.count) \(gone.count == 1 ? "entry is" : "entries are") left out; the statements that "
        + "show them no longer agree with their balances.")
  }

  private mutating func remove(_ gone: Set<EntryID>) {
    caseFile.entries.removeAll { gone.contains($0.id) }
    caseFile.transfers.removeAll { gone.contains($0.debit) || gone.contains($0.credit) }
  }
}
