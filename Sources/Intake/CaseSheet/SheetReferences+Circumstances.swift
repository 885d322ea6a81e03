import CaseModel

// The section `circumstances` names only what the sheet defines.

extension SheetReferences {
  func check(_ stated: Circumstances) {
    unique(stated.places.map { ($0.code.text, $0.source) }, "place")
    unique(stated.bodies.map { ($0.code.text, $0.source) }, "body")
    unique(
      stated.homes.map { ($0.account.text, $0.source) }, "the home of an account", isNamed: false)
    unique(stated.purchases.map { ($0.property.text, $0.source) }, "the purchase of")
    unique(stated.certainties.map { ($0.event.text, $0.source) }, "the certainty of")
    unique(stated.trade.invoices.map { ($0.code.text, $0.source) }, "invoice")
    for item in stated.movements {
      known([item.movement], "a placed movement", item.source)
      known("place", item.place.text, "a placed movement", item.source)
      known([item.by].compactMap { $0 }, "a placed movement", item.source)
    }
    for item in stated.homes {
      known([item.account], "a home", item.source)
      known("place", item.place.text, "a home", item.source)
    }
    for item in stated.identifiers { known([item.account], "an identifier", item.source) }
    for item in stated.households {
      known(item.members, "a household", item.source)
      known(item.accounts, "a household", item.source)
    }
    for item in stated.bodies {
      known(item.accounts, "body \(item.code)", item.source)
      if let place = item.place { known("place", place.text, "body \(item.code)", item.source) }
    }
    for item in stated.ties { known([item.by, item.of], "a tie", item.source) }
    for item in stated.certainties {
      if !matter.events.contains(where: { $0.code == item.event }) {
        report.error(
          "E-REFERENCE", line: line(item.source), "a certainty names event \(item.event)",
          "a code that this sheet defines; add it or correct the code")
      }
    }
    checkMeans(stated)
  }

  private func checkMeans(_ stated: Circumstances) {
    for item in stated.loans {
      known([item.movement], "a loan", item.source)
      known([item.lender], "a loan", item.source)
    }
    for item in stated.incomes { known([item.party], "a lawful source", item.source) }
    for item in stated.purchases {
      known("property", item.property.text, "a purchase", item.source)
      known(item.payments, "a purchase", item.source)
    }
    for item in stated.receipts { known([item.movement], "a tainted receipt", item.source) }
    for item in stated.capacities { known(item.accounts, "a capacity sheet", item.source) }
    for item in stated.trade.invoices {
      known(item.payments, "invoice \(item.code)", item.source)
    }
    for item in stated.trade.shipments {
      known("invoice", item.invoice.text, "a shipment", item.source)
    }
  }

  private func known(_ movements: [MovementRef], _ what: String, _ source: SourceRef) {
    known(movements.map(\.account), what, source)
  }

  /// A party is a person of the matter or a body of the section.
  private func known(_ parties: [PartyCode], _ what: String, _ source: SourceRef) {
    for party in parties where !report.declares("body", party.text) {
      known("person", party.text, what, source)
    }
  }
}
