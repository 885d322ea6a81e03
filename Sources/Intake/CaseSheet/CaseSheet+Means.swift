import CaseModel

// The section `circumstances`: loans, incomes, capacity, purchases, trade.

extension SheetFields {
  func loans() -> [StatedLoan] {
    items("loans", what: "a loan", allowed: Self.receiptKeys + ["kind", "lender"]).compactMap {
      let movement = $0.movement(side: .in)
      let kind = $0.choice("kind", StatedLoan.Kind.self)
      let lender = $0.code("lender")
      guard let movement, let kind, let lender else { return nil }
      return StatedLoan(
        movement: movement, kind: kind, lender: PartyCode(lender), source: $0.source)
    }
  }

  func incomes() -> [LawfulSource] {
    items("incomes", what: "a lawful source", allowed: ["party", "year", "kind", "amount"])
      .compactMap {
        let party = $0.code("party")
        let year = $0.integer("year")
        let kind = $0.choice("kind", LawfulSource.Kind.self)
        let amount = $0.money("amount")
        guard let party, let year, let kind, let amount else { return nil }
        return LawfulSource(
          party: PartyCode(party), year: year, kind: kind, amount: amount, source: $0.source)
      }
  }

  func purchases() -> [Purchase] {
    items("purchases", what: "a purchase", allowed: ["property", "payments"]).compactMap {
      let property = $0.code("property")
      let payments = $0.payments()
      guard let property else { return nil }
      return Purchase(
        property: PropertyCode(property), payments: payments, source: $0.source)
    }
  }

  func receipts() -> [TaintedReceipt] {
    items("receipts", what: "a tainted receipt", allowed: Self.receiptKeys + ["trade"])
      .compactMap {
        let movement = $0.movement(side: .in)
        let trade = $0.text("trade", "the trade it comes from, such as `sexual-exploitation`")
        guard let movement, let trade else { return nil }
        return TaintedReceipt(movement: movement, trade: trade, source: $0.source)
      }
  }

  func capacities() -> [CapacitySheet] {
    items(
      "capacities", what: "a capacity sheet",
      allowed: [
        "accounts", "from", "until", "unit", "units", "rate", "hours", "peer-cash-share", "peers",
      ]
    ).compactMap { item in
      let accounts = item.accounts("accounts")
      if item.nodes("accounts").isEmpty { item.missing("accounts", "the accounts of the business") }
      let period = item.period()
      let unit = item.text("unit", "what is counted, such as `seats`")
      let units = item.integer("units")
      let rate = item.money("rate")
      let hours = item.openingHours()
      let share = item.optionalBasisPoints("peer-cash-share")
      let peers = item.optionalInteger("peers")
      guard let period, let unit, let units, let rate else { return nil }
      return CapacitySheet(
        accounts: accounts, period: period, unit: unit, units: units, rate: rate, hours: hours,
        peerCashBasisPoints: share, peers: peers, source: item.source)
    }
  }

  private func openingHours() -> [OpeningHours] {
    let spans = items("hours", what: "opening hours", allowed: ["weekday", "opens", "closes"])
    if spans.isEmpty { missing("hours", "at least one span of opening hours") }
    return spans.compactMap {
      let weekday = $0.integer("weekday")
      let opens = $0.minutes("opens")
      let closes = $0.minutes("closes")
      guard let weekday, let opens, let closes else { return nil }
      guard (1...7).contains(weekday) else {
        $0.wrong("E-VALUE", "weekday", String(weekday), "1 for Monday to 7 for Sunday")
        return nil
      }
      // A place that closes at two in the morning closes after it opened.
      return OpeningHours(
        weekday: weekday, opens: opens, closes: closes > opens ? closes : closes + 1_440)
    }
  }

  func tradeRecords() -> TradeRecords {
    var trade = TradeRecords()
    trade.invoices = items(
      "invoices", what: "an invoice",
      allowed: ["code", "day", "goods", "route", "quantity", "amount", "payments"]
    ).compactMap {
      let code = $0.ownCode("invoice")
      let day = $0.date("day")
      let goods = $0.text("goods", "the goods code of the customs tariff")
      let route = $0.text("route", "a route such as `CN-NL`")
      let quantity = $0.integer("quantity")
      let amount = $0.money("amount")
      let payments = $0.payments()
      guard let code, let day, let goods, let route, let quantity, let amount else { return nil }
      return Invoice(
        code: InvoiceCode(code), day: day, goods: goods, route: route, quantity: quantity,
        amount: amount, payments: payments, source: $0.source)
    }
    trade.prices = items(
      "prices", what: "a price", allowed: ["goods", "route", "day", "unit-price"]
    ).compactMap {
      let goods = $0.text("goods", "the goods code of the customs tariff")
      let route = $0.text("route", "a route such as `CN-NL`")
      let day = $0.date("day")
      let price = $0.money("unit-price")
      guard let goods, let route, let day, let price else { return nil }
      return PriceObservation(
        goods: goods, route: route, day: day, unitPrice: price, source: $0.source)
    }
    trade.shipments = items("shipments", what: "a shipment", allowed: ["invoice", "day"])
      .compactMap {
        let invoice = $0.code("invoice")
        let day = $0.date("day")
        guard let invoice, let day else { return nil }
        return Shipment(invoice: InvoiceCode(invoice), day: day, source: $0.source)
      }
    trade.searches = items("searches", what: "a search", allowed: ["register", "from", "until"])
      .compactMap {
        let register = $0.text("register", "the register that was searched")
        let period = $0.period()
        guard let register, let period else { return nil }
        return RegisterSearch(register: register, period: period, source: $0.source)
      }
    return trade
  }
}
