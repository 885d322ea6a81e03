import CaseModel

extension SetReader {
  /// Reads the parts and keeps them until their line comes by.
  mutating func readParts(_ table: SetProfile.Table) throws {
    guard let profile = profile.parts else { return }
    keys[table.name] = []
    try walk(table) { (reader, row) throws(TableReader.Fault) in
      guard let line = row[profile.line], let key = row[profile.key] else {
        throw TableReader.Fault(
          code: "E-KEY", found: "a part without the key of its line",
          expected: "a value in \(profile.line)")
      }
      let amount = try reader.plainAmount(row, profile.amount)
      guard !amount.isNegative else {
        throw TableReader.Fault(
          code: "E-AMOUNT", found: "a part with a sign", expected: "the direction of its line")
      }
      reader.parts[line, default: []].append(SetPart(row: row, key: key, amount: amount))
    }
  }

  /// One part names the line's counterparty; several do not, and are told by their keys.
  func describe(_ entry: inout StatementEntry, by parts: [SetPart]) {
    guard let profile = profile.parts, !parts.isEmpty else { return }
    entry.references["parts"] = parts.prefix(32).map(\.key).joined(separator: " ")
    guard parts.count == 1 else { return }
    let party = party(of: parts[0], profile, role: .other)
    entry.counterparty = Counterparty(
      name: party.name, accountText: party.accountText, accountKey: party.accountKey,
      agent: party.institution)
  }

  /// Records each part as information about its line, and what no part explains as a part of its own.
  mutating func record(
    _ parts: [SetPart], of entry: StatementEntry, account: Statement
  ) throws {
    guard let profile = profile.parts, let table = self.profile.table(profile.table) else { return }
    guard !parts.isEmpty else {
      return tally.add("W-NO-PARTS", profile.table, entry.locator)
    }
    var sum: Int128 = 0
    for part in parts {
      sum += Int128(part.amount.minorUnits)
      for entity in stater.entities(of: part.row, by: table.entities).entities {
        try sink.state(entity)
      }
      let other = party(
        of: part, profile, role: entry.amount.isNegative ? .beneficiary : .originator)
      var record = record(part.amount, "part", of: entry, account: account, other: other)
      record.locator = part.row.locator
      record.references["part"] = part.key
      for name in table.columns where !consumed(profile).contains(name) {
        if let text = part.row[name] { record.details[name] = text }
      }
      try sink.record(record)
      records += 1
    }
    let rest = Int128(entry.amount.magnitude.minorUnits) - sum
    if rest < 0 { tally.add("W-PARTS-OVER", profile.table, entry.locator) }
    guard rest > 0, let minor = Int64(exactly: rest) else { return }
    tally.add("W-REMAINDER", profile.table, entry.locator)
    try sink.record(
      record(
        Money(minorUnits: minor, currency: currency), "remainder", of: entry, account: account,
        other: nil))
    records += 1
  }

  private func consumed(_ parts: SetProfile.Parts) -> Set<String> {
    Set([parts.key, parts.line, parts.amount, parts.name] + parts.account.bank + parts.institution)
      .union([parts.account.number, parts.account.iban].compactMap { $0 })
      .union(parts.identifiers.map(\.column))
  }

  private func record(
    _ amount: Money, _ kind: String, of entry: StatementEntry, account: Statement,
    other: PaymentParty?
  ) -> PaymentRecord {
    let isOut = entry.amount.isNegative
    let own = PaymentParty(
      isOut ? .originator : .beneficiary, name: account.ownerName, accountText: account.accountText,
      accountKey: account.accountKey, institution: account.institution)
    var record = PaymentRecord(
      locator: entry.locator, kind: .info, recordType: "\(profile.name).\(kind)",
      amounts: [StatedAmount(.settled, amount)], executedOn: entry.bookedOn)
    record.parties = isOut ? [own] + [other].compactMap { $0 } : [other].compactMap { $0 } + [own]
    // The same name as on the entry: this is how the two are joined.
    record.references["servicer"] = entry.references["servicer"]
    return record
  }

  /// The party of a part. Nobody identified is somebody unknown, another one for each part.
  private func party(
    of part: SetPart, _ profile: SetProfile.Parts, role: PaymentParty.Role
  ) -> PaymentParty {
    let row = part.row
    var party = PaymentParty(role)
    party.name = row[profile.name].flatMap {
      profile.namesForNobody.contains($0.uppercased()) ? nil : $0
    }
    party.accountText = row[profile.account.number ?? profile.account.iban ?? ""]
    party.accountKey = profile.account.key(in: row)
    let bank = profile.institution.compactMap { row[$0] }
    party.institution = bank.isEmpty ? nil : bank.joined(separator: "/")
    for (name, column) in profile.identifiers { party.identifiers[name] = row[column] }
    let isIdentified = profile.identifiedBy.contains { row[$0] != nil }
    party.entity = isIdentified ? profile.party.text(in: row) : profile.unknown.text(in: row)
    return party
  }
}
