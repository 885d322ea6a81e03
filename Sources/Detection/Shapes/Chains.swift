import CaseModel
import TrailGraph

/// Chains of transfers in which each account hands on a share of a single receipt.
///
/// A link joins a receipt of an account to a later payment of it. Chains are grown in time order: each
/// payment follows the receipt that gives the longest chain inside the window in which no account stands
/// twice. Growing keeps one chain a payment, so it may miss a longer one that needs a shorter beginning;
/// every chain it gives is one.
struct Chains {
  let trail: Trail
  /// Longest time from the first transfer to the last, in days.
  let windowDays: Int
  private var links: [(receipt: Int32, payment: Int32)] = []
  /// Accounts at which a payment had more receipts before it than were compared.
  private(set) var crowded: Set<Int32> = []

  init(_ trail: Trail, windowDays: Int) {
    self.trail = trail
    self.windowDays = windowDays
  }

  /// Adds the links of one account: each payment with every receipt from `earliest(payment)` on that
  /// `continues`. An account with more than `receiptsMax` receipts before a payment is not followed there:
  /// which of them was handed on cannot be told by amount.
  mutating func link(
    _ account: Int32, receiptsMax: Int, earliest: (Int) -> Int64, continues: (Int, Int) -> Bool
  ) {
    guard !trail.incoming(of: account).isEmpty else { return }
    for payment in trail.outgoing(of: account) {
      let payee = trail.destination[payment]
      guard payee >= 0, payee != account else { continue }
      let receipts = trail.incoming(
        of: account, from: earliest(payment), through: trail.time[payment] - 1)
      guard receipts.count <= receiptsMax else {
        crowded.insert(account)
        continue
      }
      for receipt in receipts {
        let payer = trail.source[Int(receipt)]
        guard payer >= 0, payer != account, payer != payee, continues(Int(receipt), payment) else {
          continue
        }
        links.append((receipt, Int32(payment)))
      }
    }
  }

  /// Chains of at least so many transfers that share none: longest first, then the earliest.
  /// - Complexity: O(*l* · *c* + *l* log *l*) in the links and the length of a chain.
  func longest(transfersMin: Int) -> [(shape: [Int], others: Int)] {
    let ordered = links.sorted { a, b in
      let (x, y) = (trail.time[Int(a.payment)], trail.time[Int(b.payment)])
      return x != y ? x < y : (a.payment, a.receipt) < (b.payment, b.receipt)
    }
    var before: [Int32: Int32] = [:]
    var lengths: [Int32: Int] = [:]
    for link in ordered {
      let length = path(to: link.payment, by: link.receipt, before).count
      if length > lengths[link.payment] ?? 1 {
        lengths[link.payment] = length
        before[link.payment] = link.receipt
      }
    }
    let chains = lengths.keys.sorted().filter { (lengths[$0] ?? 0) >= transfersMin }.map {
      path(to: $0, by: before[$0] ?? $0, before)
    }
    return separate(
      chains.sorted { a, b in
        if a.count != b.count { return a.count > b.count }
        let (x, y) = (trail.time[a[0]], trail.time[b[0]])
        return x != y ? x < y : a.lexicographicallyPrecedes(b)
      })
  }

  /// The chain that ends with a payment: read backwards, until the window ends or an account comes again.
  private func path(to payment: Int32, by receipt: Int32, _ before: [Int32: Int32]) -> [Int] {
    var path = [Int(payment)]
    var seen: Set<Int32> = [trail.destination[Int(payment)], trail.source[Int(payment)]]
    let last = trail.day(Int(payment))
    var next: Int32? = receipt
    while let edge = next {
      guard last - trail.day(Int(edge)) <= windowDays,
        seen.insert(trail.source[Int(edge)]).inserted
      else { break }
      path.append(Int(edge))
      next = before[edge]
    }
    return path.reversed()
  }
}

extension Regularity {
  /// How many of the transfers lie between two parties whose payments are a standing dealing.
  func standing(_ edges: [Int], _ trail: Trail) -> Int {
    edges.count { edge in
      let (payer, payee) = (trail.source[edge], trail.destination[edge])
      let same = trail.outgoing(of: payer).lazy.filter { trail.destination[$0] == payee }
      return holds(tallies(same, trail) { _ in payee }[payee])
    }
  }
}
