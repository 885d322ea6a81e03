public import CaseModel
import TrailGraph

/// The account at the top of others that collect: what they take in goes up to it, and stays.
///
/// Definition: typologies.md ST-27: in the subgraph of a matter the top account by net retained value (in less
/// out to other members), with at least three paying members, is a possible controller.
///
/// Departures. Ranked so, every employer, landlord and grocer would be the top of something. Therefore a
/// member is an account that itself collects: receives from at least `collectedFromMin` others beside the
/// candidate and hands at least half of its receipts to the candidate, on two days or more: once is a purchase,
/// and among accounts with few movements chance alone makes it. What it hands up it must have collected before:
/// a payment to the candidate counts up to what others had paid in until then and was not yet handed up; who
/// pays first and is paid later collects for nobody. At least half of
/// what the candidate receives comes from its members. Value counts as retained when it is not
/// handed back to members, and the candidate must retain more than any of its members does; one that hands
/// half or more of what the members pay it to an account with as many members is not the top. So the matter is
/// the candidate and its members, wherever they lie in the records, and no list of seeds is needed.
/// Betweenness is stated as the value that passed through the candidate: the smaller of what it received
/// and what it paid. It ranks nothing.
///
/// Marks a part, proves no crime: read it beside the findings on the members.
///
/// - Complexity: O(*m* log *m*) in the transfers.
public struct ControllerRank: Detector {
  public static let innocentExplanations = [
    "An employer's branches or salesmen pay in what their customers paid.",
    "A parent company collects from its subsidiaries, a family head from working children.",
    "A franchise, an umbrella charity or a lodge collects from its local groups.",
  ]
  public let id = "ST-27"
  public let version = 2
  public let kind = "controller"
  public let title = "Possible controller of accounts that collect"

  public var membersMin = 3
  public var collectedFromMin = 3  // default: two payers are an employer and a relative
  public var handedUpBasisPoints = 5_000  // default: who keeps most is nobody's collector

  public var fromMembersBasisPoints = 5_000  // default: a landlord or a shop has other payers
  public var handingDaysMin = 2  // default: once is a purchase, twice a practice

  public init() {}

  /// From the candidate to an account above it (1) and what its members do (2).
  public var reach: Reach { .transfers(2) }

  public var parameters: [Finding.Measure] {
    [
      .parameter("least paying members", "\(membersMin)"),
      .parameter("a member collects from", "\(collectedFromMin) or more others"),
      .parameter(
        "a member hands up",
        "\(Statistic.percent(handedUpBasisPoints)) or more of its receipts, collected before"),
      .parameter(
        "members' part of the receipts", "\(Statistic.percent(fromMembersBasisPoints)) or more"),
      .parameter("on", "\(handingDaysMin) days or more"),
    ]
  }

  /// One account's collecting and its paying up, in one currency.
  private struct Member {
    let account: Int32
    let payers: Int
    let received: Int128
    let paid: Int128
    /// All that it paid to the head, and how much of it others had paid in before.
    let handedUp: Int128
    let collected: Int128
    let edges: [Int]
    var retained: Int128 { received - paid }
  }

  public func findings(in scene: Scene) -> DetectionResult {
    let (trail, context) = (scene.trail, scene.context)
    let amounts = ComparableAmounts(trail, context)
    var membersOf: [Int32: [Currency: [Member]]] = [:]
    var sawBothSides = false
    let heads = heads(scene)
    for account in candidates(heads, scene) {
      if !sawBothSides { sawBothSides = trail.hasBothSides(account) }
      guard trail.incoming(of: account).count >= collectedFromMin,
        trail.outgoing(of: account).count >= handingDaysMin
      else { continue }
      let sides = TwoSides(of: account, trail)
      guard sides.receipts.count >= collectedFromMin, !sides.named.isEmpty else { continue }
      for (currency, receipts, payments) in sides.groups(amounts) {
        for (head, member) in memberships(account, receipts, payments, trail)
        where heads?.contains(head) ?? true {
          membersOf[head, default: [:]][currency, default: []].append(member)
        }
      }
    }
    var proofs: [Proof] = []
    for head in membersOf.keys.sorted() where scene.asksFor(head) {
      for (currency, members) in (membersOf[head] ?? [:]).sorted(by: { $0.key < $1.key })
      where members.count >= membersMin {
        let isHead = { (account: Int32) in
          (membersOf[account]?[currency]?.count ?? 0) >= membersMin
        }
        if let proof = proof(head, members, currency, amounts, isHead, trail) {
          proofs.append(proof)
        }
      }
    }
    return result(
      proofs, in: trail, context: context,
      notApplicable: sawBothSides ? nil : "no account has records of both receipts and payments")
  }

  /// The accounts whose members must be known: those asked for, and whom they pay; nil: all.
  private func heads(_ scene: Scene) -> Set<Int32>? {
    guard let anchors = scene.anchors else { return nil }
    return Set(anchors).union(
      anchors.flatMap { head in
        scene.trail.outgoing(of: head).map { scene.trail.destination[$0] }.filter { $0 >= 0 }
      })
  }

  /// The accounts that may be members: all, or those that pay a head.
  private func candidates(_ heads: Set<Int32>?, _ scene: Scene) -> [Int32] {
    guard let heads else { return scene.centres }
    let payers = heads.flatMap { head in
      scene.trail.incoming(of: head).map { scene.trail.source[Int($0)] }
    }
    return Set(payers).filter { $0 >= 0 }.sorted()
  }

  /// Whom an account collects for: at most two, because half of its receipts must go there.
  private func memberships(
    _ account: Int32, _ receipts: [ComparableAmounts.Item],
    _ payments: [ComparableAmounts.Item], _ trail: Trail
  ) -> [(head: Int32, member: Member)] {
    func sum(_ items: [ComparableAmounts.Item]) -> Int128 {
      items.reduce(0) { $0 + Int128($1.minor) }
    }
    let received = sum(receipts)
    let payers = Set(receipts.map { trail.source[$0.edge] }.filter { $0 >= 0 })
    guard payers.count >= collectedFromMin, received > 0 else { return [] }
    let paid = sum(payments)
    var paidTo: [Int32: Int128] = [:]
    for item in payments { paidTo[trail.destination[item.edge], default: 0] += Int128(item.minor) }
    let heads = paidTo.filter { $0.value * 10_000 >= received * Int128(handedUpBasisPoints) }
    return heads.keys.sorted().compactMap { head in
      let up = payments.filter { trail.destination[$0.edge] == head }
      let others = payers.contains(head) ? payers.count - 1 : payers.count
      let days = Set(up.map { trail.day($0.edge) }).count
      guard others >= collectedFromMin, days >= handingDaysMin else { return nil }
      let collected = collected(up, from: receipts.filter { trail.source[$0.edge] != head }, trail)
      guard collected * 10_000 >= received * Int128(handedUpBasisPoints) else { return nil }
      return (
        head,
        Member(
          account: account, payers: others, received: received, paid: paid, handedUp: sum(up),
          collected: collected,
          edges: up.map(\.edge))
      )
    }
  }

  /// How much of some payments had come in before and was not handed on by the ones before; both in time order.
  private func collected(
    _ payments: [ComparableAmounts.Item], from receipts: [ComparableAmounts.Item], _ trail: Trail
  ) -> Int128 {
    var (inHand, total, next) = (Int128(0), Int128(0), 0)
    for payment in payments {
      while next < receipts.count, trail.time[receipts[next].edge] < trail.time[payment.edge] {
        inHand += Int128(receipts[next].minor)
        next += 1
      }
      let part = min(inHand, Int128(payment.minor))
      inHand -= part
      total += part
    }
    return total
  }

  private func proof(
    _ head: Int32, _ members: [Member], _ currency: Currency, _ amounts: ComparableAmounts,
    _ isHead: (Int32) -> Bool, _ trail: Trail
  ) -> Proof? {
    func money(_ minor: Int128) -> String { Statistic.money(minor, currency) }
    let accounts = Set(members.map(\.account))
    let fromMembers = members.reduce(Int128(0)) { $0 + $1.handedUp }
    var (back, paid) = (Int128(0), Int128(0))
    var paidTo: [Int32: Int128] = [:]
    for edge in trail.outgoing(of: head) where trail.destination[edge] != head {
      let amount = amounts.amount(edge)
      guard amount.currency == currency else { continue }
      let minor = Int128(amount.minorUnits)
      paid += minor
      let payee = trail.destination[edge]
      if accounts.contains(payee) { back += minor }
      if payee >= 0 { paidTo[payee, default: 0] += minor }
    }
    let received = trail.incoming(of: head).map { amounts.amount(Int($0)) }
      .filter { $0.currency == currency }.reduce(Int128(0)) { $0 + Int128($1.minorUnits) }
    let retained = fromMembers - back
    let highest = members.map(\.retained).max() ?? 0
    let hasHead = paidTo.contains {
      $0.value * 10_000 >= fromMembers * Int128(handedUpBasisPoints) && isHead($0.key)
    }
    guard retained > 0, retained > highest, !hasHead,
      fromMembers * 10_000 >= received * Int128(fromMembersBasisPoints)
    else { return nil }
    let ordered = members.sorted {
      $0.handedUp != $1.handedUp ? $0.handedUp > $1.handedUp : $0.account < $1.account
    }
    let edges = ordered.flatMap(\.edges).sorted { (trail.time[$0], $0) < (trail.time[$1], $1) }
    let smallest =
      members.map { Statistic.basisPoints($0.collected, of: $0.received) }.min() ?? 0
    return Proof(
      edges: edges,
      roles: [(head, "possible controller")] + ordered.map { ($0.account, "member") },
      sentence:
        "\(members.count) accounts that each collect from others handed \(money(fromMembers)) up to one "
        + "account, which kept \(money(retained)) of it from them.",
      measures: [
        .atLeast("paying members", members.count, membersMin),
        .atLeast(
          "fewest payers a member collects from", members.map(\.payers).min() ?? 0, collectedFromMin
        ),
        .plain(
          "smallest share handed up", Statistic.percent(smallest),
          limit: "at least \(Statistic.percent(handedUpBasisPoints))"),
        .plain(
          "net retained value", money(retained), limit: "above \(money(highest)), its members' most"
        ),
        .plain("value passed through", money(min(received, paid)), limit: "for comparison only"),
      ],
      cautionsNotChecked: [
        "whether the account belongs to an employer, a parent company or a parent of the members",
        "what happened to the value outside these records",
      ])
  }
}
