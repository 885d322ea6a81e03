import CaseModel

/// What the matching found.
public struct LinkResult: Sendable, Hashable {
  /// In a total order: kind, first day, member keys.
  public var links: [Link]
  /// Entries with more choices by accounts than are listed: only references match them. Before them, lines
  /// of one account, day and amount in more files than are compared.
  public var crowded: [LinkKey]
  /// Decisions of people about links that the records do not offer (any more, or yet).
  public var waiting: [LinkIdentity]
}

/// Links the records of one movement: the legs of transfers and batches, messages, reports and declarations
/// with their bookings, announcements with theirs, and records with one another (formats.md §3.6). Before all
/// this, lines that a person said repeat another are set aside, and what may be such is proposed (`Duplicates`).
///
/// The result is a function of the set of records: their order, and the order in which they were imported,
/// change nothing. Each match lists the constraints it satisfies; see `Resolution` for what is optimised, and
/// `Evidence` for the order of strength. What is possible and not certain is a proposal.
///
/// Entries and records are known by their content keys; of two with one key, one is taken.
/// - Complexity: O(*n* log *n*) in the records, by look-ups on accounts and amounts, references and days;
///   the search for batches is bounded for each leg left over.
public func findLinks(in input: LinkInput) -> LinkResult {
  var run = LinkRun(input)
  run.matchRecords()
  run.matchLegs()
  run.matchAnnouncements()
  return run.result
}

/// The steps of one matching, each building on what the former decided.
struct LinkRun {
  let decisions: [LinkIdentity: LinkVerdict]
  let policy: LinkPolicy
  let legs: [Leg]
  let notices: [Leg]
  let records: [RecordView]
  var links: [Link] = []
  private var crowded: [LinkKey] = []
  private let crowdedLines: [LinkKey]
  /// Debit and credit that one payment record has matched both, with how they agree.
  var throughRecords: [(debit: Int, credit: Int, agreement: AmountAgreement)] = []

  init(_ input: LinkInput) {
    decisions = input.decisions
    policy = input.policy
    var seen: Set<String> = []
    let all = input.legs.sorted { LinkKey.entry($0.key) < LinkKey.entry($1.key) }.filter {
      $0.amount.minorUnits != 0 && $0.amount.minorUnits != .min && seen.insert($0.key).inserted
    }
    let booked = all.filter { $0.kind == .booked && $0.bookedOn != nil }
    let duplicates = Duplicates(booked, input.decisions, input.policy)
    links = duplicates.links
    crowdedLines = duplicates.crowded.map { .entry(booked[$0].key) }
    legs =
      duplicates.repeated.isEmpty
      ? booked : booked.indices.filter { !duplicates.repeated.contains($0) }.map { booked[$0] }
    notices = all.filter { [.pending, .info, .future].contains($0.kind) }
    var keys: Set<String> = []
    records = input.records.sorted { LinkKey.record($0.key) < LinkKey.record($1.key) }
      .filter { keys.insert($0.key).inserted && !$0.amounts.isEmpty || $0.kind == .info }
      .map { [policy = input.policy] in RecordView($0, policy) }
  }

  var result: LinkResult {
    let sorted = links.map { (link: $0, identity: $0.identity) }.sorted {
      let (a, b) = (Self.day($0.link), Self.day($1.link))
      return a == b ? $0.identity < $1.identity : a < b
    }
    let met = Set(sorted.map(\.identity))
    return LinkResult(
      links: sorted.map(\.link), crowded: crowdedLines + crowded,
      waiting: decisions.keys.filter { !met.contains($0) }.sorted())
  }

  private static func day(_ link: Link) -> Int32 {
    (link.from + link.to).compactMap { $0.day?.dayNumber }.min() ?? .max
  }

  // MARK: Legs

  mutating func matchLegs() {
    let search = LegPairs(legs, policy)
    crowded = legs.indices.filter { search.crowded[$0] }.map { .entry(legs[$0].key) }
    let pairs = merged(search.pairs)
    let made = pairs.map { (link: link($0), nodes: [$0.debit, $0.credit]) }
    let decided = decide(made, taken: nil, crowded: search.crowded)
    for pair in search.disagreements
    where !decided.isTaken[pair.debit] && !decided.isTaken[pair.credit] {
      links.append(disagreement(pair.debit, pair.credit))
    }
    let batches = LegBatches(legs, claimed: decided.isClaimed, policy)
    _ = decide(
      batches.found.map { (link: link($0), nodes: $0.members) }, taken: decided.isTaken,
      crowded: nil)
  }

  /// Pairs by payment record go before what the legs alone show of the same two.
  private func merged(_ pairs: [LegPairs.Pair]) -> [LegPairs.Pair] {
    let through = throughRecords.map { one in
      let days = legs[one.debit].day.flatMap { day in
        legs[one.credit].day.map { abs($0 - day) }
      }
      return LegPairs.Pair(
        debit: one.debit, credit: one.credit, evidence: .message, agreement: one.agreement,
        daysApart: days ?? 0,
        constraints: [
          one.agreement.fees.isEmpty && one.agreement.how == .charges
            ? LinkConstraint(.charges, "both amounts stand in the record")
            : one.agreement.constraint,
          LinkConstraint(.sign, "money out of one, into the other"),
          LinkConstraint(.reference, "payer's and payee's side of one payment record"),
          LinkConstraint(.window, LegRule.window(days ?? 0)),
        ])
    }
    let known = Set(through.map { [$0.debit, $0.credit] })
    return through + pairs.filter { !known.contains([$0.debit, $0.credit]) }
  }

  private func link(_ pair: LegPairs.Pair) -> Link {
    Link(
      kind: .twoLegs, status: .proposal, from: [legs[pair.debit].member],
      to: [legs[pair.credit].member], evidence: pair.evidence, constraints: pair.constraints,
      fees: pair.agreement.fees, rate: pair.agreement.rate, daysApart: pair.daysApart, choices: 1,
      isExhausted: true, reason: "")
  }

  private func link(_ batch: LegBatches.Batch) -> Link {
    Link(
      kind: .batch, status: .proposal,
      from: batch.members.filter { legs[$0].isDebit }.map { legs[$0].member },
      to: batch.members.filter { !legs[$0].isDebit }.map { legs[$0].member },
      evidence: batch.evidence, constraints: batch.constraints, fees: [], rate: nil,
      daysApart: batch.daysApart, choices: 1, isExhausted: batch.isExhausted, reason: "")
  }

  private func disagreement(_ debit: Int, _ credit: Int) -> Link {
    var link = Link(
      kind: .twoLegs, status: .contradicted, from: [legs[debit].member], to: [legs[credit].member],
      evidence: .uetr,
      constraints: [
        LinkConstraint(.reference, "same UETR"),
        LinkConstraint(.sign, "money out of one, into the other"),
      ], fees: [], rate: nil, daysApart: nil, choices: 1, isExhausted: true,
      reason: "one UETR, and amounts that no stated charge brings together")
    if let first = legs[debit].day, let second = legs[credit].day {
      link.daysApart = abs(first - second)
    }
    LinkWords.settle(&link, decisions[link.identity])
    return link
  }

  /// Applies decisions, resolves, and keeps what is matched, proposed or refused.
  private mutating func decide(
    _ made: [(link: Link, nodes: [Int])], taken: [Bool]?, crowded: [Bool]?
  ) -> (isTaken: [Bool], isClaimed: [Bool]) {
    var open: [(link: Link, nodes: [Int])] = []
    for (link, nodes) in made {
      var link = link
      let verdict = decisions.isEmpty ? nil : decisions[link.identity]
      if verdict == .refuse {
        LinkWords.settle(&link, verdict)
        links.append(link)
      } else {
        if verdict == .accept { link.evidence = .person }
        open.append((link, nodes))
      }
    }
    let resolution = Resolution(
      open.map { Candidate(nodes: $0.nodes, evidence: $0.link.evidence) }, nodeCount: legs.count,
      crowded: crowded, taken: taken)
    for (index, (link, _)) in open.enumerated() {
      var link = link
      switch resolution.standings[index] {
      case .explained: continue
      case .matched: link.status = .matched
      case .proposal(let choices): link.choices = choices
      }
      LinkWords.settle(&link, link.evidence == .person ? .accept : nil)
      links.append(link)
    }
    return (resolution.isTaken, resolution.isClaimed)
  }

  // MARK: Announcements

  mutating func matchAnnouncements() {
    let search = Announcements(notices, legs, policy)
    let kinds: [EntryKind] = [.pending, .info, .future]
    let width = notices.count
    func nodes(_ found: Announcements.Found) -> [Int] {
      let lane = kinds.firstIndex(of: notices[found.notice].kind) ?? 0
      return [found.notice, width + lane * legs.count + found.entry]
    }
    var open: [(link: Link, nodes: [Int])] = []
    for found in search.found {
      var link = Link(
        kind: .notification, status: .proposal, from: [notices[found.notice].member],
        to: [legs[found.entry].member], evidence: found.evidence, constraints: found.constraints,
        fees: [], rate: nil, daysApart: found.daysApart, choices: 1, isExhausted: true, reason: "")
      switch decisions[link.identity] {
      case .refuse:
        LinkWords.settle(&link, .refuse)
        links.append(link)
      case .accept:
        link.evidence = .person
        open.append((link, nodes(found)))
      case nil: open.append((link, nodes(found)))
      }
    }
    let resolution = Resolution(
      open.map { Candidate(nodes: $0.nodes, evidence: $0.link.evidence) },
      nodeCount: width + kinds.count * legs.count)
    for (index, (link, _)) in open.enumerated() {
      var link = link
      switch resolution.standings[index] {
      case .explained: continue
      case .matched: link.status = .matched
      case .proposal(let choices): link.choices = choices
      }
      LinkWords.settle(&link, link.evidence == .person ? .accept : nil)
      links.append(link)
    }
  }
}
