import CaseModel
import TrailGraph

/// Which transfers the findings of some candidates depend on.
enum StreamScope: Sendable {
  /// The movements of the account.
  case account
  /// What its two accounts paid each other.
  case pair
  /// The movements of the account, and what those it paid paid so many days afterwards.
  case onward(days: Int)

  /// The transfers from a moment on and before another, in the order they came.
  func numbers(
    of candidates: ArraySlice<StreamCandidate>, from start: Int64, before end: Int64,
    _ trail: SlidingTrail
  ) -> [UInt32] {
    var numbers: [UInt32] = []
    for candidate in candidates {
      let (account, partner) = (candidate.account, candidate.partner)
      switch self {
      case .pair:
        trail.addPayments(from: account, to: partner, from: start, before: end, to: &numbers)
        trail.addPayments(from: partner, to: account, from: start, before: end, to: &numbers)
      case .account:
        trail.addReceipts(of: account, from: start, before: end, to: &numbers)
        trail.addPayments(of: account, from: start, before: end, to: &numbers)
      case .onward(let days):
        trail.addReceipts(of: account, from: start, before: end, to: &numbers)
        let paid = numbers.count
        trail.addPayments(of: account, from: start, before: end, to: &numbers)
        addOnward(numbers[paid...], days: days, before: end, trail, to: &numbers)
      }
    }
    return trail.ordered(numbers)
  }

  /// What each payee paid after one of these payments to it, up to so many days later.
  /// - Parameter sent: the payments of one account, the newest first.
  private func addOnward(
    _ sent: ArraySlice<UInt32>, days: Int, before end: Int64, _ trail: SlidingTrail,
    to numbers: inout [UInt32]
  ) {
    var times: [Int32: [Int64]] = [:]
    for number in sent {
      let transfer = trail.transfer(number)
      if transfer.destination >= 0 {
        times[transfer.destination, default: []].append(transfer.time)
      }
    }
    // The order does not matter: numbers are put in order at the end.
    for (payee, times) in times {
      guard let first = times.last else { continue }
      var place = 0
      trail.forEachPayment(of: payee, since: first) { number, onward in
        guard onward.time < end else { return true }
        // The latest payment to the payee before this one.
        while place < times.count, times[place] >= onward.time { place += 1 }
        guard place < times.count else { return false }
        if Trail.day(of: onward.time) - Trail.day(of: times[place]) <= days {
          numbers.append(number)
        }
        return true
      }
    }
  }
}
