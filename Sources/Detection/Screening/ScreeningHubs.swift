import CaseModel
import TrailGraph

/// What a burst of payers is for: paid out again to others (gather-scatter, ST-07) or to one account
/// (funnel, ST-03).
struct ScreeningHubs {
  let background: Background
  var gatherArmsMin = 4
  var gatherSpan = 2 * Span.day + 6 * Span.hour
  var funnelArmsMin = 8
  var funnelSpan = 6 * Span.day
  var drainAfter = Span.day + 6 * Span.hour
  var drainsMax = 4
  // What comes in goes out again, less what the middleman keeps, give or take a stray payment.
  var passedMinBasisPoints = 8_500
  var passedMaxBasisPoints = 10_200
  /// Bits that a sum passed on within these limits is worth: about one chance sum in sixteen is.
  var passedBits = 4 * Bits.one
  var marginBits = 6 * Bits.one

  private var trail: Trail { background.trail }

  private func limit(_ length: Int64) -> Int {
    Bits.log2(trail.accountCount) + Bits.log2(Int(background.span / length) + 1) + marginBits
  }

  // MARK: Gather-scatter

  func gatherScatters(without used: Set<Int>) -> [Sighting] {
    var result: [Sighting] = []
    for account in 0..<Int32(trail.accountCount)
    where trail.incoming(of: account).count >= gatherArmsMin
      && trail.outgoing(of: account).count >= gatherArmsMin
    {
      var best: (edges: [Int], arms: (Int, Int), bits: Int, sums: (Int128, Int128))?
      for onlyDealings in [true, false] {
        let outs = Arms.of(
          account, incoming: false, onlyDealings: onlyDealings, background, without: used,
          least: gatherArmsMin)
        guard !outs.isEmpty else { continue }
        let ins = Arms.of(
          account, incoming: true, onlyDealings: onlyDealings, background, without: used,
          least: gatherArmsMin)
        for (into, out) in pairs(ins, outs) {
          into.forEachWindow(gatherSpan) { gather, payers in
            guard payers >= gatherArmsMin, let last = gather.last else { return }
            let begin = into.times[last]
            let start = out.times.partitionPoint { $0 > begin }
            guard start < out.times.count, out.times[start] - begin <= gatherSpan else { return }
            let end = out.times.partitionPoint { $0 > out.times[start] + gatherSpan }
            let payees = Set(out.party[start..<end]).count
            guard payees >= gatherArmsMin else { return }
            let sums = (
              sum(gather.map { into.edges[$0] }), sum((start..<end).map { out.edges[$0] })
            )
            let bits =
              into.surprise(
                of: payers, among: gather.count, length: gatherSpan, in: background.span)
              + out.surprise(
                of: payees, among: end - start, length: gatherSpan, in: background.span)
              + (passes(sums.0, sums.1) ? passedBits : 0)
            if bits > best?.bits ?? 0 {
              best = (
                gather.map { into.edges[$0] } + (start..<end).map { out.edges[$0] },
                (payers, payees), bits, sums
              )
            }
          }
        }
      }
      guard let best, best.bits * 4 >= limit(gatherSpan) * 3,
        !background.isRoutine(best.edges, length: 2 * gatherSpan)
      else { continue }
      result.append(
        Sighting(
          detector: "ST-07s", kind: "gather_scatter", edges: best.edges, centres: [account],
          measures: [
            .atLeast("payers in \(Span.text(gatherSpan))", best.arms.0, gatherArmsMin),
            .atLeast("payees after them", best.arms.1, gatherArmsMin),
            Sighting.surprise(best.bits, limit: limit(gatherSpan)), passed(best.sums),
          ],
          sentence:
            "\(best.arms.0) parties paid one account, which within days paid \(best.arms.1) others."
        ))
    }
    return result
  }

  /// Incoming and outgoing arms of one currency.
  private func pairs(_ ins: [Arms], _ outs: [Arms]) -> [(Arms, Arms)] {
    ins.flatMap { into in
      outs.filter { trail.currency[$0.edges[0]] == trail.currency[into.edges[0]] }.map {
        (into, $0)
      }
    }
  }

  // MARK: Funnel

  /// Places are not in the file, so the distance that ST-03 asks for is not checked.
  func funnels(without used: Set<Int>) -> [Sighting] {
    var result: [Sighting] = []
    for account in 0..<Int32(trail.accountCount)
    where trail.incoming(of: account).count >= funnelArmsMin
      && !trail.outgoing(of: account).isEmpty
    {
      var best: (into: [Int], out: [Int], payers: Int, bits: Int)?
      for onlyDealings in [true, false] {
        for arms in Arms.of(
          account, incoming: true, onlyDealings: onlyDealings, background, without: used,
          least: funnelArmsMin)
        {
          arms.forEachWindow(funnelSpan) { range, payers in
            guard payers >= funnelArmsMin, let first = range.first, let last = range.last else {
              return
            }
            let into = range.map { arms.edges[$0] }
            guard
              let found = drain(of: account, into, arms.times[first], arms.times[last], used)
            else { return }
            let strays = into.count - found.into.count
            let bits =
              arms.surprise(
                of: payers - strays, among: range.count, length: funnelSpan, in: background.span)
              + passedBits - strays * Bits.log2(into.count)
            if bits > best?.bits ?? 0 { best = (found.into, found.out, payers - strays, bits) }
          }
        }
      }
      guard let best, best.bits * 4 >= limit(funnelSpan) * 3,
        !background.isRoutine(best.into, length: funnelSpan)
      else { continue }
      result.append(
        Sighting(
          detector: "ST-03s", kind: "funnel", edges: best.into + best.out,
          centres: [account, trail.destination[best.out[0]]],
          measures: [
            .atLeast("payers in \(Span.text(funnelSpan))", best.payers, funnelArmsMin),
            Sighting.surprise(best.bits, limit: limit(funnelSpan)),
            passed((sum(best.into), sum(best.out))),
          ],
          sentence:
            "\(best.payers) parties paid one account, and one account drained it in "
            + "\(best.out.count) payments."))
    }
    return result
  }

  /// The few payments to one account that carry off what came in, and what came in without at most one
  /// stray payment; the first account in number order.
  private func drain(
    of account: Int32, _ into: [Int], _ first: Int64, _ last: Int64, _ used: Set<Int>
  ) -> (into: [Int], out: [Int])? {
    let sumIn = sum(into)
    var byPayee: [Int32: [Int]] = [:]
    for edge in trail.outgoing(of: account, from: first + 1, through: last + drainAfter)
    where trail.currency[edge] == trail.currency[into[0]] && background.uses[edge] > 0
      && !used.contains(edge)
    {
      byPayee[trail.destination[edge], default: []].append(edge)
    }
    for payee in byPayee.keys.sorted() {
      let out = byPayee[payee] ?? []
      guard out.count <= drainsMax, let final = out.last else { continue }
      let sumOut = sum(out)
      if trail.time[final] > last, passes(sumIn, sumOut) { return (into, out) }
      guard into.count > funnelArmsMin else { continue }
      for stray in into.indices {
        let without = into.indices.filter { $0 != stray }.map { into[$0] }
        if let latest = without.last, trail.time[final] > trail.time[latest],
          passes(sumIn - Int128(trail.amountMinor[into[stray]]), sumOut)
        {
          return (without, out)
        }
      }
    }
    return nil
  }

  // MARK: Amounts

  private func sum(_ edges: [Int]) -> Int128 {
    edges.reduce(Int128(0)) { $0 + Int128(trail.amountMinor[$1]) }
  }

  private func passes(_ sumIn: Int128, _ sumOut: Int128) -> Bool {
    sumOut * 10_000 >= sumIn * Int128(passedMinBasisPoints)
      && sumOut * 10_000 <= sumIn * Int128(passedMaxBasisPoints)
  }

  private func passed(_ sums: (Int128, Int128)) -> Finding.Measure {
    .plain(
      "passed on", Statistic.percent(Statistic.basisPoints(sums.1, of: sums.0)),
      limit: "\(Statistic.percent(passedMinBasisPoints)) to "
        + "\(Statistic.percent(passedMaxBasisPoints)) adds to the surprise")
  }
}
