import CaseModel
import Linking

// Small made-up records in the words of the domain. No real account, no real person.

let euro = Currency(asset: "EUR", exponent: 2)
let dollar = Currency(asset: "USD", exponent: 2)

func money(_ minor: Int64, _ currency: Currency = euro) -> Money {
  Money(minorUnits: minor, currency: currency)
}

func day(_ number: Int) -> CivilDate { CivilDate(dayNumber: 19_800 + Int32(number)) }

func account(_ name: String) -> AccountKey { AccountKey("stated:BANK/" + name) }

func leg(
  _ key: String, _ owner: String, _ minor: Int64, on number: Int, to other: String? = nil,
  currency: Currency = euro, kind: EntryKind = .booked, references: [String: String] = [:],
  name: String? = nil, ownerName: String? = nil, original: Money? = nil, rate: String? = nil,
  isReversal: Bool = false
) -> Leg {
  Leg(
    key: key, kind: kind, account: account(owner), counterparty: other.map(account),
    counterpartyName: name, ownerName: ownerName, amount: money(minor, currency),
    original: original, exchangeRate: rate, bookedOn: day(number), isReversal: isReversal,
    references: references)
}

func record(
  _ key: String, _ kind: EntryKind, _ amounts: [StatedAmount], on number: Int?,
  from: String? = nil, to: String? = nil, references: [String: String] = [:],
  status: String? = nil, reporter: String? = nil, type: String = "made-up"
) -> PaymentRecord {
  var parties: [PaymentParty] = []
  if let from { parties.append(PaymentParty(.originator, accountKey: account(from))) }
  if let to { parties.append(PaymentParty(.beneficiary, accountKey: account(to))) }
  if let reporter { parties.append(PaymentParty(.reporter, institution: reporter)) }
  return PaymentRecord(
    locator: .line(1), kind: kind, recordType: type, status: status, amounts: amounts,
    executedOn: number.map(day), parties: parties, references: references, key: key)
}

/// The links as lines: kind, status, evidence, members. What tests compare and people can read.
func lines(_ result: LinkResult) -> [String] { result.links.map { line($0) } }

func line(_ link: Link) -> String {
  func names(_ members: [LinkMember]) -> String {
    members.map { $0.key.entryKey ?? $0.key.recordKey ?? "?" }.joined(separator: "+")
  }
  return "\(link.kind.rawValue) \(link.status.rawValue) \(link.evidence.name): "
    + "\(names(link.from)) \(names(link.to))"
}

/// SplitMix64 (Steele, Lea, Flood 2014): seeded, the same on every machine.
struct Seeded: RandomNumberGenerator {
  private var state: UInt64
  init(_ seed: UInt64) { state = seed }
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
  mutating func pick<T>(_ choices: [T]) -> T { choices[Int(next() % UInt64(choices.count))] }
  mutating func number(_ range: ClosedRange<Int>) -> Int {
    range.lowerBound + Int(next() % UInt64(range.count))
  }
  mutating func happens(_ parts: Int, in whole: Int) -> Bool { number(1...whole) <= parts }
}
