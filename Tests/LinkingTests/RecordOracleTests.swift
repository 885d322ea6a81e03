import CaseModel
import Linking
import Testing

/// Messages and their bookings, decided slowly: every record against every entry.
struct RecordOracle {
  let legs: [Leg]
  let records: [PaymentRecord]
  /// `status evidence record entry`.
  private(set) var found: Set<String> = []

  init(_ legs: [Leg], _ records: [PaymentRecord]) {
    self.legs = legs
    self.records = records
    let groups = groups()
    struct Option: Hashable {
      let group: Int
      let paying: Bool
      let entry: Int
    }
    var strongest: [Option: Evidence] = [:]
    var fitting: [(record: Int, option: Option, evidence: Evidence)] = []
    for r in records.indices {
      for e in legs.indices {
        let paying = legs[e].amount.isNegative
        guard let evidence = evidence(records[r], legs[e], paying: paying) else { continue }
        let option = Option(group: groups[r], paying: paying, entry: e)
        fitting.append((r, option, evidence))
        if records[r].status == nil {
          strongest[option] = min(strongest[option] ?? evidence, evidence)
        }
      }
    }
    var matched: Set<Option> = []
    var proposed: Set<Option> = []
    for rank in Evidence.allCases {
      let takenBefore = matched
      let live = strongest.filter { option, evidence in
        evidence == rank
          && !takenBefore.contains {
            $0.entry == option.entry || ($0.group == option.group && $0.paying == option.paying)
          }
      }.keys
      let claimedBefore = matched.union(proposed)
      func meets(_ a: Option, _ b: Option) -> Bool {
        a.entry == b.entry || (a.group == b.group && a.paying == b.paying)
      }
      for option in live {
        let alone =
          !live.contains { $0 != option && meets($0, option) }
          && !claimedBefore.contains { meets($0, option) }
        if alone && rank.canMatch { matched.insert(option) } else { proposed.insert(option) }
      }
    }
    let takenEntries = Set(matched.map(\.entry))
    for (r, option, evidence) in fitting {
      let name = "\(evidence.name) \(records[r].key) \(legs[option.entry].key)"
      switch records[r].status {
      case nil where matched.contains(option): found.insert("matched " + name)
      case nil where proposed.contains(option): found.insert("proposal " + name)
      case nil: break
      default:
        guard evidence.canMatch, !takenEntries.contains(option.entry) else { continue }
        found.insert((records[r].status == "pending" ? "proposal " : "contradicted ") + name)
      }
    }
  }

  private func key(_ record: PaymentRecord, _ role: PaymentParty.Role) -> AccountKey? {
    record.parties.first { $0.role == role }?.accountKey
  }

  /// Who tells of one movement, closed over third records.
  private func groups() -> [Int] {
    var group = Array(records.indices)
    for _ in records {
      for a in records.indices {
        for b in records.indices where same(records[a], records[b]) {
          let least = min(group[a], group[b])
          group[a] = least
          group[b] = least
        }
      }
    }
    return group
  }

  private func same(_ a: PaymentRecord, _ b: PaymentRecord) -> Bool {
    if let uetr = a.references["uetr"], uetr == b.references["uetr"] { return true }
    guard let reference = a.references["end-to-end"], reference == b.references["end-to-end"],
      a.amount(.settled) == b.amount(.settled), let one = a.executedOn, let two = b.executedOn
    else { return false }
    for role in [PaymentParty.Role.originator, .beneficiary] {
      if let x = key(a, role), let y = key(b, role), x != y { return false }
    }
    return abs(one - two) <= 3
  }

  private func evidence(_ record: PaymentRecord, _ leg: Leg, paying: Bool) -> Evidence? {
    let charge = record.amount(.senderCharge)?.minorUnits ?? 0
    let stated = [record.amount(.settled), record.amount(.instructed)].compactMap { $0?.minorUnits }
    let fits = stated.contains { amount in
      leg.amount.magnitude.minorUnits == amount
        || leg.amount.magnitude.minorUnits == amount + (paying ? charge : -charge)
    }
    guard fits, !leg.isReversal, let booked = leg.bookedOn, let day = record.executedOn else {
      return nil
    }
    let days = abs(booked - day)
    let own = key(record, paying ? .originator : .beneficiary)
    let other = key(record, paying ? .beneficiary : .originator)
    let disagrees =
      (own != nil && own != leg.account)
      || (other != nil && leg.counterparty != nil && other != leg.counterparty)
    if let uetr = record.references["uetr"], uetr == leg.references["uetr"], days <= 10 {
      return disagrees ? .looseReference : .uetr
    }
    if disagrees || days > 10 { return nil }
    if let reference = record.references["end-to-end"], reference == leg.references["end-to-end"] {
      return own != nil ? .referenceAndAccount : .reference
    }
    guard own != nil else { return nil }
    if other != nil, leg.counterparty != nil, days <= 3 { return .bothAccounts }
    if other == nil, leg.counterparty == nil, days == 0 { return .accountAndDay }
    return days <= 5 ? .lateAccount : nil
  }
}

@Suite("Messages and bookings against a slow and obvious matching")
struct RecordOracleTests {
  @Test("agrees with it on 20 000 small random cases")
  func agrees() {
    let names = ["A", "B", "C"]
    let uetrs = [
      "0b6dcd03-5b0c-4c3c-9d0e-2a1f7c9b0e11", "7f2b1c9e-8a4d-4e2f-b1a0-93c5d7e8f601",
    ]
    var statuses: [String: Int] = [:]
    for seed in 0..<20_000 {
      var random = Seeded(UInt64(seed) + 5_000_000)
      func references(_ random: inout Seeded) -> [String: String] {
        var found: [String: String] = [:]
        if random.happens(1, in: 5) { found["uetr"] = random.pick(uetrs) }
        if random.happens(1, in: 4) { found["end-to-end"] = random.pick(["REF-0001", "REF-0002"]) }
        return found
      }
      let legs = (0..<random.number(1...5)).map { number in
        let sign: Int64 = random.happens(1, in: 2) ? 1 : -1
        return leg(
          "e\(number)", random.pick(names), sign * Int64(random.pick([10_000, 9_500, 10_500])),
          on: random.number(0...6), to: random.happens(1, in: 2) ? random.pick(names) : nil,
          references: references(&random), isReversal: random.happens(1, in: 12))
      }
      let records = (0..<random.number(1...4)).map { number in
        var amounts = [StatedAmount(.settled, money(Int64(random.pick([10_000, 9_500]))))]
        if random.happens(1, in: 3) { amounts.append(StatedAmount(.instructed, money(10_000))) }
        if random.happens(1, in: 3) { amounts.append(StatedAmount(.senderCharge, money(500))) }
        return record(
          "r\(number)", .instruction, amounts, on: random.number(0...6),
          from: random.happens(2, in: 3) ? random.pick(names) : nil,
          to: random.happens(2, in: 3) ? random.pick(names) : nil, references: references(&random),
          status: random.happens(1, in: 5) ? random.pick(["cancelled", "pending"]) : nil)
      }
      let links = findLinks(in: LinkInput(legs: legs, records: records)).links
      let words = Set(
        links.filter { $0.kind == .message }.map { link in
          "\(link.status.rawValue) \(link.evidence.name) \(link.from[0].key.recordKey ?? "?") "
            + "\(link.to[0].key.entryKey ?? "?")"
        })
      for word in words {
        statuses[word.split(separator: " ").prefix(2).joined(separator: " "), default: 0] += 1
      }
      let expected = RecordOracle(legs, records).found
      guard words == expected else {
        Issue.record("seed \(seed): \(words.symmetricDifference(expected).sorted())")
        return
      }
    }
    for word in [
      "matched uetr", "matched referenceAndAccount", "matched reference", "matched bothAccounts",
      "matched accountAndDay", "proposal lateAccount", "contradicted bothAccounts",
      "proposal looseReference",
    ] {
      #expect(statuses[word, default: 0] > 0, "\(word)")
    }
    print("links met in 20000 record cases:", statuses.sorted { $0.key < $1.key })
  }
}
