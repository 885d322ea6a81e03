import CaseModel
import TrailGraph

/// Shapes around one account: fan-in, fan-out, gather-scatter, funnel (ST-05, ST-06, ST-07, ST-03).
struct ScreeningFans {
  var armsMin = 8  // default: eight strangers by one channel in three days
  var fanSpan = 3 * Span.day
  var gatherArmsMin = 4
  var gatherSpan = 2 * Span.day
  var funnelArmsMin = 8
  var funnelSpan = 6 * Span.day
  var drainAfter = Span.day
  /// Payers or payees tried together at most: a larger crowd is a fan, and time stays bounded.
  var armsMax = 128
  // What comes in must go out again, less what the middleman keeps: a tenth at most, nothing added.
  var passedMinBasisPoints = 9_000
  var passedMaxBasisPoints = 10_050

  // MARK: Fans

  func fans(in strand: Strand, incoming: Bool) -> [Sighting] {
    var result: [Sighting] = []
    for account in 0..<Int32(strand.trail.accountCount) {
      let edges = slice(strand.trail, account, incoming)
      guard edges.count * 4 >= armsMin * 3 else { continue }
      for run in bursts(edges, strand.trail, span: fanSpan, least: armsMin * 3 / 4) {
        result.append(fan(run.edges, most: run.most, account, incoming, strand))
      }
    }
    return result
  }

  private func fan(
    _ edges: [Int], most: Int, _ account: Int32, _ incoming: Bool, _ strand: Strand
  ) -> Sighting {
    Sighting(
      detector: incoming ? "ST-05s" : "ST-06s", kind: incoming ? "fan_in" : "fan_out",
      edges: edges.map(strand.edge), centres: [account],
      measures: [
        .atLeast(
          "one-off \(incoming ? "payers" : "payees") by \(strand.channel) in \(Span.text(fanSpan))",
          most, armsMin)
      ],
      sentence: incoming
        ? "\(edges.count) parties with no other dealings paid one account by \(strand.channel), in "
          + "\(strand.currency)."
        : "One account paid \(edges.count) parties it has no other dealings with by "
          + "\(strand.channel), in \(strand.currency).")
  }

  /// Runs of edges in which some window of `span` holds at least `least`, overlapping ones joined.
  private func bursts(
    _ edges: [Int], _ trail: Trail, span: Int64, least: Int
  ) -> [(edges: [Int], most: Int)] {
    var result: [(range: Range<Int>, most: Int)] = []
    var low = 0
    for high in edges.indices {
      while trail.time[edges[high]] - trail.time[edges[low]] > span { low += 1 }
      let count = high - low + 1
      guard count >= least else { continue }
      if let last = result.last, last.range.upperBound > low {
        result[result.count - 1] = (last.range.lowerBound..<(high + 1), max(last.most, count))
      } else {
        result.append((low..<(high + 1), count))
      }
    }
    return result.map { (Array(edges[$0.range]), $0.most) }
  }

  private func slice(_ trail: Trail, _ account: Int32, _ incoming: Bool) -> [Int] {
    incoming ? trail.incoming(of: account).map(Int.init) : Array(trail.outgoing(of: account))
  }

  // MARK: Gather-scatter

  /// Several strangers pay in, then the same sum goes out to other strangers.
  func gatherScatters(in strand: Strand) -> [Sighting] {
    let trail = strand.trail
    var result: [Sighting] = []
    for account in 0..<Int32(trail.accountCount) {
      let into = slice(trail, account, true)
      let out = slice(trail, account, false)
      guard into.count >= gatherArmsMin, out.count >= gatherArmsMin else { continue }
      var best: (in: Range<Int>, out: Range<Int>, distance: Int)?
      for last in into.indices where last + 1 >= gatherArmsMin {
        for first in max(0, last - armsMax)...(last + 1 - gatherArmsMin)
        where trail.time[into[last]] - trail.time[into[first]] <= gatherSpan {
          let sumIn = sum(into[first...last], trail)
          let begin = trail.time[into[last]]
          let start = out.partitionPoint { trail.time[$0] > begin }
          guard start < out.count, trail.time[out[start]] - begin <= gatherSpan else { continue }
          var sumOut: Int128 = 0
          for end in start..<min(out.count, start + armsMax) {
            guard trail.time[out[end]] - trail.time[out[start]] <= gatherSpan else { break }
            sumOut += Int128(trail.amountMinor[out[end]])
            guard end - start + 1 >= gatherArmsMin, passes(sumIn, sumOut) else { continue }
            // Among the windows that fit, the one with the most arms.
            let arms = (last - first + 1) + (end - start + 1)
            if best.map({ arms > $0.distance }) ?? true {
              best = (first..<(last + 1), start..<(end + 1), arms)
            }
          }
        }
      }
      guard let best else { continue }
      let edges = into[best.in] + out[best.out]
      result.append(
        Sighting(
          detector: "ST-07s", kind: "gather_scatter", edges: edges.map(strand.edge),
          centres: [account],
          measures: [
            .atLeast("one-off payers in \(Span.text(gatherSpan))", best.in.count, gatherArmsMin),
            .atLeast("one-off payees after them", best.out.count, gatherArmsMin),
            passed(sum(into[best.in], trail), sum(out[best.out], trail)),
          ],
          sentence:
            "\(best.in.count) parties paid one account by \(strand.channel), which then paid the same "
            + "sum, less a share, to \(best.out.count) others."))
    }
    return result
  }

  // MARK: Funnel

  /// Many strangers pay in, and one account drains it within a day of the last of them. Places are not
  /// in the file, so the distance that ST-03 asks for is not checked.
  func funnels(in strand: Strand, of whole: Trail) -> [Sighting] {
    let trail = strand.trail
    var result: [Sighting] = []
    for account in 0..<Int32(trail.accountCount) {
      let into = slice(trail, account, true)
      guard into.count >= funnelArmsMin else { continue }
      var drains: [Int32: [Int]] = [:]
      for edge in whole.outgoing(of: account)
      where whole.names.currencies[Int(whole.currency[edge])] == strand.currency
        && whole.destination[edge] >= 0
      {
        drains[whole.destination[edge], default: []].append(edge)
      }
      let payees = drains.keys.sorted()
      var best: (in: Range<Int>, out: [Int])?
      for last in into.indices where last + 1 >= funnelArmsMin {
        for first in max(0, last - armsMax)...(last + 1 - funnelArmsMin)
        where trail.time[into[last]] - trail.time[into[first]] <= funnelSpan {
          if let known = best, known.in.count > last - first { continue }
          let sumIn = sum(into[first...last], trail)
          let (begin, end) = (trail.time[into[first]], trail.time[into[last]] + drainAfter)
          for to in payees {
            let all = drains[to] ?? []
            let low = all.partitionPoint { whole.time[$0] > begin }
            let out = Array(all[low..<all.partitionPoint { whole.time[$0] > end }])
            guard out.count <= 4, let final = out.last, whole.time[final] > trail.time[into[last]],
              passes(sumIn, sum(out[...], whole))
            else { continue }
            best = (first..<(last + 1), out)
            break
          }
        }
      }
      guard let best, let drain = best.out.first else { continue }
      result.append(
        Sighting(
          detector: "ST-03s", kind: "funnel", edges: into[best.in].map(strand.edge) + best.out,
          centres: [account, whole.destination[drain]],
          measures: [
            .atLeast("one-off payers in \(Span.text(funnelSpan))", best.in.count, funnelArmsMin),
            passed(sum(into[best.in], trail), sum(best.out[...], whole)),
          ],
          sentence:
            "\(best.in.count) parties paid one account by \(strand.channel), and one account drained it "
            + "in \(best.out.count) payments."))
    }
    return result
  }

  // MARK: Amounts

  private func sum(_ edges: ArraySlice<Int>, _ trail: Trail) -> Int128 {
    edges.reduce(Int128(0)) { $0 + Int128(trail.amountMinor[$1]) }
  }

  private func passes(_ sumIn: Int128, _ sumOut: Int128) -> Bool {
    sumOut * 10_000 >= sumIn * Int128(passedMinBasisPoints)
      && sumOut * 10_000 <= sumIn * Int128(passedMaxBasisPoints)
  }

  private func passed(_ sumIn: Int128, _ sumOut: Int128) -> Finding.Measure {
    .plain(
      "passed on", Statistic.percent(Statistic.basisPoints(sumOut, of: sumIn)),
      limit: "\(Statistic.percent(passedMinBasisPoints)) to "
        + "\(Statistic.percent(passedMaxBasisPoints))")
  }
}
