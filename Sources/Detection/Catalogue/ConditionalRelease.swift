public import CaseModel
import TrailGraph

/// Money that waits with a third party and goes on as soon as somebody has arrived.
///
/// Definition: typologies.md ST-15. A deposit is held at an intermediary account two days or more, then released
/// to a second party within 72 hours after an event (arrival, crossing) of a person linked with the payer;
/// three or more such triples.
///
/// Departures: an event has days, not hours: a release on the last day of the event or one of the three
/// days after counts, and the finding says how many fall on the very day. A release carries 80 to 102 % of
/// its deposit (the row states no amount). A payer is linked with a traveller who is the same person, of
/// one household, or joined by a stated tie on the day of the event. Each deposit and each release counts once.
///
/// - Complexity: O(*e* · *d* · *r*) in the events of a person, the deposits of those linked, and the releases
///   within the days of an event.
public struct ConditionalRelease: Detector {
  public static let innocentExplanations = [
    "An agent keeps a rental deposit until the tenant has moved in.",
    "An escrow agent pays the seller when goods or documents have arrived.",
    "A travel agent pays the hotel when the guest has come.",
  ]
  public let id = "ST-15"
  public let version = 1
  public let kind = "conditional_release"
  public let title = "Money released when somebody has arrived"

  public var heldDays = 2
  public var withinDays = 3  // 72 hours
  public var triplesMin = 3
  public var releaseMinBasisPoints = 8_000  // default: an agent keeps a fifth at most
  public var releaseMaxBasisPoints = 10_200
  public var kinds: Set<String> = ["arrival", "crossing"]

  public init() {}

  public var parameters: [Finding.Measure] {
    [
      .parameter("held at least", "\(heldDays) days"),
      .parameter("released within", "\(withinDays) days after the event"),
      .parameter("least triples", "\(triplesMin)"),
      .parameter(
        "release ÷ deposit",
        Statistic.percent(releaseMinBasisPoints) + " to "
          + Statistic.percent(releaseMaxBasisPoints)),
      .parameter("events", kinds.sorted().joined(separator: ", ")),
    ]
  }

  private struct Triple {
    let deposit: Int
    let release: Int
    let event: Event
    let link: String
  }

  public func findings(in scene: Scene) -> DetectionResult {
    guard let around = Surroundings(scene) else { return lacking("ties") }
    let events = around.context.events.filter { kinds.contains($0.kind) && !$0.persons.isEmpty }
      .sorted { ($0.period.first, $0.code) < ($1.period.first, $1.code) }
    guard !events.isEmpty else {
      return DetectionResult(
        detector: id,
        notApplicable: "the case sheet states no event of kind "
          + kinds.sorted().joined(separator: " or ") + " with its persons")
    }
    let amounts = ComparableAmounts(scene.trail, scene.context)
    let payers = payers(around)
    guard !payers.isEmpty else {
      return DetectionResult(
        detector: id,
        notApplicable: "no payer is a known party: no holders or depositors are stated")
    }
    var proofs: [Proof] = []
    for (account, deposits) in payers.sorted(by: { $0.key < $1.key }) {
      let triples = triples(at: account, deposits, events, amounts, around)
      if triples.count >= triplesMin { proofs.append(proof(account, triples, around)) }
    }
    return result(proofs, in: scene)
  }

  private typealias Deposit = (edge: Int, party: PartyCode)

  /// Receipts of each account whose payer is a known party, in time order.
  private func payers(_ around: Surroundings) -> [Int32: [Deposit]] {
    var by: [Int: PartyCode] = [:]
    let edges = around.transfers(of: around.facts.movements.map(\.movement))
    for (item, edge) in zip(around.facts.movements, edges) {
      if let edge, let party = item.by { by[edge] = party }
    }
    var result: [Int32: [Deposit]] = [:]
    for account in 0..<Int32(around.trail.accountCount) {
      let own = around.party(of: account)
      let deposits = around.trail.incoming(of: account).compactMap { number -> Deposit? in
        let edge = Int(number)
        guard let party = by[edge] ?? around.party(of: around.trail.source[edge]), party != own
        else { return nil }
        return (edge, party)
      }
      if !deposits.isEmpty { result[account] = deposits }
    }
    return result
  }

  private func triples(
    at account: Int32, _ deposits: [Deposit], _ events: [Event], _ amounts: ComparableAmounts,
    _ around: Surroundings
  ) -> [Triple] {
    let trail = around.trail
    var used: Set<Int> = []
    var triples: [Triple] = []
    for event in events {
      let first = Int64(event.period.last.dayNumber) * 86_400
      let releases = trail.outgoing(
        of: account, from: first, through: first + Int64(withinDays + 1) * 86_400 - 1)
      guard !releases.isEmpty else { continue }
      for deposit in deposits where !used.contains(deposit.edge) {
        guard trail.day(deposit.edge) <= event.period.first,
          let link = link(deposit.party, event, around)
        else { continue }
        let release = releases.first { edge in
          let payee = trail.destination[edge]
          return !used.contains(edge) && payee != account
            && (payee < 0 || payee != trail.source[deposit.edge])
            && (around.party(of: payee).map { $0 != deposit.party } ?? true)
            && trail.day(edge) - trail.day(deposit.edge) >= heldDays
            && amounts.share(
              of: edge, in: deposit.edge, releaseMinBasisPoints...releaseMaxBasisPoints)
        }
        guard let release else { continue }
        used.formUnion([deposit.edge, release])
        triples.append(Triple(deposit: deposit.edge, release: release, event: event, link: link))
        break  // one event releases one deposit
      }
    }
    return triples
  }

  /// How a payer is linked with a person of an event; nil when nothing stated joins them.
  private func link(_ payer: PartyCode, _ event: Event, _ around: Surroundings) -> String? {
    for person in event.persons.map({ PartyCode($0.text) }) {
      if person == payer { return "the same person" }
      let isHousehold = around.facts.households.contains {
        $0.members.contains(payer) && $0.members.contains(person)
      }
      if isHousehold { return "household" }
      if let tie = around.tie(payer, person, on: event.period.first) { return tie.kind.rawValue }
    }
    return nil
  }

  private func proof(_ account: Int32, _ triples: [Triple], _ around: Surroundings) -> Proof {
    let trail = around.trail
    var seen: Set<Int32> = [account]
    func roles(_ accounts: [Int32], _ part: String) -> [(account: Int32, part: String)] {
      accounts.filter { $0 >= 0 && seen.insert($0).inserted }.map { ($0, part) }
    }
    let payers = roles(triples.map { trail.source[$0.deposit] }, "payer")
    let payees = roles(triples.map { trail.destination[$0.release] }, "second party")
    let certainty = Dictionary(
      around.facts.certainties.map { ($0.event, $0.degree) }, uniquingKeysWith: { a, _ in a })
    let sameDay = triples.count { trail.day($0.release) == $0.event.period.last }
    let days = triples.map { trail.day($0.release) }.sorted()
    let table = triples.map { triple -> Finding.Measure in
      .plain(
        "deposit \(trail.day(triple.deposit)), \(triple.event.kind) \(triple.event.code) "
          + "\(triple.event.period.last)",
        "released \(trail.day(triple.release))", limit: "within \(withinDays) days after")
    }
    return Proof(
      edges: triples.flatMap { [$0.deposit, $0.release] },
      roles: [(account, "intermediary")] + payers + payees,
      sentence:
        "\(triples.count) times money waited in one account and was paid to another party within "
        + "\(withinDays) days after a person linked with its payer had arrived or crossed, from "
        + "\(days.first?.description ?? "") to \(days.last?.description ?? "").",
      measures: [.atLeast("triples", triples.count, triplesMin)] + table,
      cautionsChecked: triples.map {
        "event \($0.event.code): "
          + (certainty[$0.event.code].map { "\($0.rawValue)" } ?? "its certainty is not stated")
          + "; payer and traveller: \($0.link)"
      } + ["\(sameDay) of \(triples.count) releases fall on the day of the event itself"]
        + Licences.words(of: [account], on: days, around),
      cautionsNotChecked: [
        "whether the order within the day of the event was arrival first",
        "whether the account is that of a lawful escrow, rental or travel agent",
      ])
  }
}
