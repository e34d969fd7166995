"""The legal forms of companies by language, as they stand at the end or at the beginning of a name.

They are written as names are compared: in small letters, without dots, and with single letters joined: `S. A.` is `sa`,
`Sp. z o.o.` is `sp z oo`. Commas divide them.
"""

from collections.abc import Mapping

ENDINGS: Mapping[str, str] = {
    "English": (
        "co, company, corp, corporation, inc, incorporated, limited, ltd, llc, llp, lllp, lp, plc, pllc, pbc, "
        "cic, clg, dac, ulc, pvt, pte, pty, pcl, jsc, ojsc, cjsc, pjsc, prjsc, coltd, co ltd, company limited, co "
        "limited, limited company, limited liability company, limited liability partnership, limited partnership, "
        "private limited, private limited company, pvt ltd, private ltd, pte ltd, pty ltd, p ltd, p limited, pvt "
        "limited, pte limited, pty limited, proprietary limited, proprietary ltd, smc private limited, smc pvt "
        "ltd, opc private limited, opc, public limited company, public company limited, public co ltd, "
        "professional corporation, general partnership, professional limited liability company, public benefit "
        "corporation, community interest company, designated activity company, company limited by guarantee, "
        "unlimited company, joint stock company, soc ltd, open joint stock company, closed joint stock company, "
        "public joint stock company, private joint stock company, in liquidation, fze, fzco, fzc, fz llc, fz co, "
        "dmcc, wll, psc, qpsc, qsc, ksc, kscc, kscp, bsc, bsc closed, saog, saoc, sae, eeig, teoranta, cyf, "
        "cyfyngedig"
    ),
    "French": (
        "sarl, sasu, sas, sa, eurl, snc, sca, scs, scop, selarl, selas, gie, sprl, scrl, asbl, cie, compagnie, "
        "ltee, limitee, incorporee, senc, sencrl, sarls, sa rl, societe anonyme, societe a responsabilite "
        "limitee, societe par actions simplifiee, societe par actions simplifiee unipersonnelle, societe en nom "
        "collectif, societe en commandite simple, societe en commandite par actions, societe civile, societe "
        "cooperative, en liquidation, comm v, comm va"
    ),
    "German": (
        "gmbh, ggmbh, mbh, ag, kg, kgaa, ohg, og, keg, oeg, gbr, gesbr, gesmbh, ug, ek, ekfm, ekfr, ev, eg, egen, "
        "eu, se, partg, partgmbb, mbb, klg, kmg, flexco, flexkapg, haftungsbeschrankt, haftungsbeschraenkt, "
        "aktiengesellschaft, kommanditgesellschaft, kommanditgesellschaft auf aktien, offene handelsgesellschaft, "
        "gesellschaft mbh, ges mbh, gesellschaft mit beschrankter haftung, gesellschaft mit beschraenkter "
        "haftung, gesellschaft burgerlichen rechts, gesellschaft buergerlichen rechts, unternehmergesellschaft, "
        "partnerschaftsgesellschaft, partnerschaft mbb, part mbb, eingetragene genossenschaft, genossenschaft, "
        "eingetragener kaufmann, eingetragene kauffrau, eingetragener verein, e kfm, e kfr, e gen, in grundung, "
        "in gruendung, in insolvenz, il, i gr, igr"
    ),
    "Dutch": (
        "bv, bvba, nv, cvba, vof, vzw, besloten vennootschap, naamloze vennootschap, vennootschap onder firma, "
        "commanditaire vennootschap, cooperatie ua, cooperatief ua"
    ),
    "Italian": (
        "spa, srl, srls, srlu, sas, snc, sapa, scarl, scrl, scpa, sagl, arl, sca rl, sc a rl, soc coop, soc coop "
        "arl, soc coop a rl, societa cooperativa, societa per azioni, societa a responsabilita limitata, societa "
        "a responsabilita limitata semplificata, societa in nome collettivo, societa in accomandita semplice, a "
        "socio unico, con socio unico, socio unico, unipersonale, in liquidazione"
    ),
    "Spanish": (
        "sa, sau, sl, slu, sll, slp, slne, srl, sac, saa, sab, saci, sacif, sapi, sca, ltda, cia ltda, eirl, "
        "limitada, sociedad anonima, sociedad limitada, sociedad limitada unipersonal, sociedad anonima "
        "unipersonal, sociedad cooperativa, sociedad por acciones simplificada, sociedad de responsabilidad "
        "limitada, s coop, sociedad anonima de capital variable, sociedad de responsabilidad limitada de capital "
        "variable, sa de cv, s de rl de cv, s de rl, sapi de cv, sab de cv, sas de cv, sc de rl de cv, sc de rl, "
        "sofom enr, sofom er, de cv, en liquidacion"
    ),
    "Portuguese": (
        "lda, ltda, sgps, eireli, unipessoal, unipessoal lda, sociedade unipessoal, sociedade anonima, limitada, "
        "cia, crl, em recuperacao judicial, ltda me, ltda epp"
    ),
    "Nordic": (
        "ab, abp, aktiebolag, aktiebolaget, publ, as, asa, aps, ans, ivs, amba, oy, oyj, hf, ehf, ohf, slf, ky, "
        "tmi, osk, osakeyhtio, handelsbolag, kommanditbolag, ekonomisk forening, ekonomisk foerening, ek for, ek "
        "foer, aksjeselskap, allmennaksjeselskap, aktieselskab, anpartsselskab, interessentskab, "
        "kommanditselskab, nuf"
    ),
    "Baltic": (
        "uab, osauhing, aktsiaselts, vsi, uzdaroji akcine bendrove, akcine bendrove, akciju sabiedriba, "
        "sabiedriba ar ierobezotu atbildibu"
    ),
    "Polish": (
        "sp z oo, sp zoo, spzoo, spolka z oo, spolka zoo, spolka z ograniczona odpowiedzialnoscia, spolka "
        "akcyjna, spolka komandytowa, spolka komandytowo akcyjna, spolka jawna, spolka cywilna, prosta spolka "
        "akcyjna, sp k, sp j, sp p, spk, spj, ska, psa"
    ),
    "Czech and Slovak": (
        "sro, spol s ro, spol sro, as, vos, spolecnost s rucenim omezenym, spolocnost s rucenim obmedzenym, "
        "akciova spolecnost, akciova spolocnost, verejna obchodni spolecnost, komanditni spolecnost, druzstvo, "
        "jsa"
    ),
    "Hungarian": (
        "kft, zrt, nyrt, rt, bt, kkt, korlatolt felelossegu tarsasag, beteti tarsasag, zartkoruen mukodo "
        "reszvenytarsasag, nyilvanosan mukodo reszvenytarsasag, zartkoruen mukodo rt, nyilvanosan mukodo rt"
    ),
    "South Slavic": (
        "doo, jdoo, dooel, ood, eood, ead, druzba z omejeno odgovornostjo, delniska druzba, drustvo s ogranicenom "
        "odgovornoscu, drustvo sa ogranicenom odgovornoscu, dionicko drustvo, akcionarsko drustvo, доо, дооел, "
        "оод, еоод, еад, ад"
    ),
    "Romanian and Albanian": ("srl, srl d, sa, societate cu raspundere limitata, societate pe actiuni, shpk, sha"),
    "Russian and its neighbours": (
        "ооо, оао, зао, пао, нао, тоо, одо, тов, прат, тдв, ooo, oao, zao, pao, mchj, mmc, акционерное общество, "
        "публичное акционерное общество, общество с ограниченной ответственностью, товариство з обмеженою "
        "відповідальністю, приватне акціонерне товариство, შპს, սպը, փբը"
    ),
    "Greek": ("αε, επε, οε, εε, ικε, αβεε, αεβε, ανωνυμη εταιρεια, ανωνυμη εταιρια, epe, ike, abee, anonymi etaireia"),
    "Turkish": (
        "as, ltd sti, anonim sirketi, limited sirketi, anonim sirket, limited sirket, san ve tic as, ticaret as, "
        "san ve tic ltd sti, san tic as, san tic ltd sti, sanayi ve ticaret as, sanayi ve ticaret ltd sti, tic "
        "as, tic ltd sti, sanayi ve ticaret anonim sirketi, sanayi ve ticaret limited sirketi, ticaret ltd sti, "
        "ticaret anonim sirketi, ticaret limited sirketi, sanayi as, sanayi ltd sti"
    ),
    "Hebrew and Arabic": ("בעמ, شمم, ذمم, شذمم, شمك, شمع, شمخ"),
    "Asian": (
        "sdn bhd, sdn, bhd, berhad, sendirian berhad, tbk, persero, persero tbk, perseroan terbatas, tnhh, ctcp, "
        "kk, kabushiki kaisha, kabushiki gaisha, godo kaisha, yugen kaisha, yuhan hoesa, jusik hoesa, จำกัด, "
        "จํากัด, มหาชน, 株, 有, 주, 유, 株式会社, 有限会社, 合同会社, 合資会社, "
        "合名会社, 股份有限公司, 有限责任公司, 有限責任公司, 有限公司, 주식회사, 유한회사"
    ),
}
"""Forms at the end of a name."""
MARKED_ENDINGS = (
    "ac, ad, ae, ao, ay, ba, ca, cb, cc, cv, da, dd, dba, dno, ee, ei, epp, es, fcc, fie, fsb, gk, hb, ie, ii, "
    "ik, io, is, kb, kd, kda, kdd, ks, lc, mb, me, mei, mtu, na, npc, oe, ou, pa, pac, pc, pfa, pp, ps, rf, sal, "
    "sc, sci, scl, scp, sf, sia, sk, sp, ss, st, too, tov, tu, ua, uc, uu, wa, yk, zs"
)
"""Endings that are words or names as well: they count in capitals or with dots only, as in `Acme d.d.`, `Acme SIA`."""
WITH_UMLAUTS = "oü, tü, uü, mtü"
"""Forms at either end that no word is spelled like, as long as they have their umlauts."""
BEGINNINGS = (
    "uab, ooo, oao, zao, ojsc, cjsc, pjsc, prjsc, sarl, eurl, selarl, stichting, cooperatie, firma, ооо, оао, "
    "зао, пао, нао, ао, тоо, одо, тов, прат, пат, тдв, пп, фоп, ип, оод, еоод, ад, еад, доо, шпс, შპს, "
    "акционерное общество, публичное акционерное общество, общество с ограниченной ответственностью, cong ty "
    "tnhh, cong ty co phan, cong ty cp, cong ty tnhh mtv, uzdaroji akcine bendrove, perseroan terbatas, บริษัท, "
    "ห้างหุ้นส่วนจำกัด, 株, 有, 주, 유, 株式会社, 有限会社, 合同会社, 合資会社, 合名会社, 주식회사, 유한회사"
)
"""Forms at the beginning of a name."""
MARKED_BEGINNINGS = "pt, pao, too, tov, sia, ou, jsc, llc, ab, as, oy, vsi, mb"
"""Beginnings that count in capitals or with dots only, and without a form at the end: `AB Volvo`."""
DOTTED_BEGINNINGS = "sa, sl, sas, srl, spa, sc, snc, sca"
"""Beginnings that count with dots only, and without a form at the end: `S.A. Damm`, but not `SAS Institute`."""
PAIRS: Mapping[str, str] = {"pt": "tbk, persero, persero tbk", "sc": "srl, sa, sca, scs, snc", "ab": "publ", "oy": "ab"}
"""Beginnings that count with one of these endings: `PT Acme Tbk`."""
GLUED = (
    *("株式会社", "有限会社", "合同会社", "合資会社", "合名会社", "股份有限公司"),
    *("有限责任公司", "有限責任公司", "有限公司", "주식회사", "유한회사", "บริษัท"),
    *("ห้างหุ้นส่วนจำกัด", "จำกัด", "จํากัด"),
)
"""Forms that stand at either end without a blank."""
